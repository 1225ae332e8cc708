import { type ComponentProps, type ReactNode, useEffect, useId } from 'react';
import { type RegisterOptions, useWatch } from 'react-hook-form';
import { Choice, Field, type Options, TextField, Tick } from './field.tsx';
import { textOf, useFormContext } from './form.tsx';
import { leavesOf } from './form-check.ts';

type FieldProps = {
  name: string;
  label: string;
  /** Says what is right, when the field is wrong; default: what the application's texts say. */
  wrong?: ReactNode;
  /** Runs at each change by the user. */
  changed?: RegisterOptions['onChange'];
};

/** What an input of the surrounding form shows. */
function useShown({ name, label, wrong }: FieldProps) {
  const { errors, isSending, known, texts } = useFormContext();
  const id = useId();
  useEffect(() => {
    known.set(name, { id, label, wrong });
    return () => void known.delete(name);
  }, [known, name, id, label, wrong]);
  const error = leavesOf(errors).find((one) => one.name === name);
  return { id, label, disabled: isSending, error: error && textOf(error, wrong, texts) };
}

/** Connects an input of the surrounding form. */
function useField(field: FieldProps) {
  const { form } = useFormContext();
  const shown = useShown(field);
  const { name, changed } = field;
  return { ...form.register(name, changed ? { onChange: changed } : {}), ...shown };
}

type Bound<Element extends 'input' | 'textarea' | 'select'> = FieldProps & { hint?: ReactNode } & Omit<
    ComponentProps<Element>,
    'ref' | 'id' | 'value' | 'defaultValue' | 'checked' | 'defaultChecked' | 'onChange' | 'onBlur'
  >;

/** The input of the field `name`. */
export function FormInput({ wrong, changed, ...input }: Bound<'input'>) {
  const field = useField({ ...input, wrong, changed });
  return <Field {...input} {...field} disabled={field.disabled || input.disabled} />;
}

export function FormText({ wrong, changed, ...area }: Bound<'textarea'>) {
  const field = useField({ ...area, wrong, changed });
  return <TextField {...area} {...field} disabled={field.disabled || area.disabled} />;
}

export function FormChoice({ wrong, changed, ...select }: Bound<'select'> & { options: Options }) {
  const field = useField({ ...select, wrong, changed });
  return <Choice {...select} {...field} disabled={field.disabled || select.disabled} />;
}

export function FormTick({ wrong, changed, ...input }: Bound<'input'>) {
  const field = useField({ ...input, wrong, changed });
  return <Tick {...input} {...field} disabled={field.disabled || input.disabled} />;
}

/** A file, which the form's own component reads: it shows the errors of its field only. */
export function FormFile({ wrong, ...input }: FieldProps & ComponentProps<'input'> & { hint?: ReactNode }) {
  const { id, label, disabled, error } = useShown({ ...input, wrong });
  return <Field {...input} {...{ id, label, error }} type="file" disabled={disabled || input.disabled} />;
}

/** For an input of another look: what connects it, such as each radio button of a group. */
export function useInput(name: string) {
  const { form, isSending } = useFormContext();
  return { ...form.register(name), disabled: isSending };
}

/** The text that a field has now. */
export function useText(name: string): string {
  const { form } = useFormContext();
  return String(useWatch({ control: form.control, name }) ?? '');
}

/** Whether the form's fields are disabled, because it is being sent. */
export const useIsSending = (): boolean => useFormContext().isSending;

/** The form's button. */
export function SubmitButton({ className = 'button', disabled, ...button }: ComponentProps<'button'>) {
  const { isSending } = useFormContext();
  return <button {...button} type="submit" className={className} disabled={disabled || isSending} />;
}

/** Another button of the form. */
export function OtherButton({ disabled, ...button }: ComponentProps<'button'>) {
  const { isSending } = useFormContext();
  return <button {...button} type="button" disabled={disabled || isSending} />;
}
