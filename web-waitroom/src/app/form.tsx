import {
  type ComponentProps,
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import {
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  type Path,
  type RegisterOptions,
  type Resolver,
  type ResolverOptions,
  set,
  type UseFormReturn,
  useForm,
  useWatch,
} from 'react-hook-form';
import type { Failure } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import { Choice, Field, type Options, TextField, Tick } from './field.tsx';
import { type FormTexts, useFormTexts } from './form-texts.tsx';

/** Checks a body by the contract of its call. @returns the errors by field */
export type Check = (body: FieldValues, options: ResolverOptions<FieldValues>) => Promise<FieldErrors>;

/** A field of a form: where it is, and what to say about it. */
type Known = { id: string; label: string; wrong: ReactNode };

/** `wrong`: the page's check says so; `native`: the browser does; `server`: the answer did. */
type Kind = 'missing' | 'wrong' | 'native' | 'server';

type FormContext = {
  form: UseFormReturn;
  errors: FieldErrors;
  isSending: boolean;
  known: Map<string, Known>;
  texts: FormTexts;
};
const Context = createContext<FormContext | null>(null);

function useFormContext(): FormContext {
  const value = useContext(Context);
  if (!value) throw new Error('Outside of a Form');
  return value;
}

type Props<Values extends FieldValues, Body extends FieldValues, Reply> = {
  /** What the fields show at first. Checkboxes are booleans, all others are texts. */
  values: Values;
  /** When it changes, the fields show `values` again, except those of `keep`. */
  version?: number | string | undefined;
  keep?: readonly (keyof Values)[];
  /** Makes the body of the request. */
  toBody(values: Values): Body;
  /** Loads the check of the body. Until it is loaded, only the browser and the server check. */
  check?: (() => Promise<Check>) | undefined;
  /** @returns null when nothing was sent */
  send(body: Body): Promise<Answer<Reply> | null>;
  /** Runs after a good answer. */
  done?(reply: Reply, reset: () => void): unknown;
  /** The name of the field that the server means; default: the same. */
  fieldOf?(name: string): string;
  /** A request that another part sends. */
  isBusy?: boolean;
  /** Why a request that was made elsewhere failed. */
  failedWith?: Failure | null;
  /** Instead of the application's. */
  problem?: FormTexts['Problem'];
  children: ReactNode;
} & Omit<ComponentProps<'form'>, 'onSubmit' | 'noValidate' | 'children' | 'action'>;

/**
 * A form that sends one request at a time. Its fields are disabled meanwhile, and keep their values after a failure.
 * What the browser, the contract or the server refuses is shown at its field and listed in a summary, which gets the
 * focus.
 */
export function Form<Values extends FieldValues, Body extends FieldValues, Reply>({
  values,
  version,
  keep = [],
  toBody,
  check,
  send,
  done,
  fieldOf = (name) => name,
  isBusy = false,
  failedWith = null,
  problem,
  children,
  ...attributes
}: Props<Values, Body, Reply>) {
  const given = useFormTexts();
  const texts = problem ? { ...given, Problem: problem } : given;
  const element = useRef<HTMLFormElement>(null);
  const contract = useLoaded(check);
  const form = useForm<Values, unknown, Body>({
    // All of them are there: the library would also take some.
    defaultValues: values as DefaultValues<Values>,
    // The summary gets it.
    shouldFocusError: false,
    resolver: resolverOf(toBody, () => element.current, contract),
  });
  const { errors, isSubmitting } = form.formState;
  const isSending = isSubmitting || isBusy;
  const [failure, setFailure] = useState<Failure | null>(null);
  const [refusals, setRefusals] = useState(0);
  const [known] = useState(() => new Map<string, Known>());
  // A new attempt ends what is shown of the last one.
  const [past, setPast] = useState<Failure | null>(null);
  const shown = (failedWith === past ? null : failedWith) ?? failure;

  // Set at once: a second press can come before the page shows the first one.
  const busy = useRef(false);
  const focused = useRef<Element | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy.current || isBusy) return;
    busy.current = true;
    focused.current = document.activeElement;
    setPast(failedWith);
    const refused = () => {
      setFailure(null);
      setRefusals((before) => before + 1);
    };
    const checked = async (body: Body) => {
      const answer = await send(body);
      setFailure(answer === null || answer.kind === 'ok' ? null : answer);
      if (answer?.kind === 'ok') await done?.(answer.body, () => form.reset());
    };
    try {
      await form.handleSubmit(checked, refused)();
    } finally {
      busy.current = false;
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is placed once
  useEffect(() => {
    if (!shown) return;
    for (const { field, message } of errorsOf(shown)) {
      // Any name may come from the server: an unknown one is listed in the summary.
      const name = fieldOf(field) as Path<Values>;
      form.setError(name, { type: 'server' satisfies Kind, message });
    }
    setRefusals((before) => before + 1);
  }, [shown]);
  const filledFrom = useRef(version);
  useEffect(() => {
    if (filledFrom.current === version) return;
    filledFrom.current = version;
    setFailure(null);
    const now = form.getValues();
    // Of the values and what is kept of them, all are there.
    form.reset({ ...values, ...Object.fromEntries(keep.map((name) => [name, now[name]])) } as Values);
  });
  useEffect(() => {
    const { current } = focused;
    if (isSending || !(current instanceof HTMLElement)) return;
    focused.current = null;
    // Disabling a field or button took the focus from it.
    if (document.activeElement === document.body) current.focus();
  }, [isSending]);

  const context: FormContext = {
    // The fields know names only; which of them exist is up to the form's own component.
    form: form as unknown as UseFormReturn,
    ...{ errors, isSending, known, texts },
  };
  return (
    <Context value={context}>
      <form {...attributes} ref={element} noValidate onSubmit={(event) => void submit(event)}>
        <Summary failure={shown} refusals={refusals} />
        {children}
      </form>
    </Context>
  );
}

/** What is wrong, with links to the fields. */
function Summary({ failure, refusals }: { failure: Failure | null; refusals: number }) {
  const { errors, known, texts } = useFormContext();
  const box = useRef<HTMLDivElement>(null);
  const focusedFor = useRef(0);
  useEffect(() => {
    // The errors may be shown later than they are counted.
    if (refusals === focusedFor.current || !box.current) return;
    focusedFor.current = refusals;
    box.current.focus();
  });
  const found = leavesOf(errors);
  if (!failure && found.length === 0) return null;
  const list = found.length > 0 && (
    <ul>
      {found.map((error) => (
        <li key={error.name}>
          <Wrong {...error} field={known.get(error.name)} />
        </li>
      ))}
    </ul>
  );
  return (
    <div ref={box} tabIndex={-1} className="error-summary">
      {failure ? (
        <texts.Problem failure={failure}>{list}</texts.Problem>
      ) : (
        // The code that the server would answer with.
        <div className="note bad" role="alert" data-code="invalid_request">
          <strong>{texts.check}</strong>
          {list}
        </div>
      )}
    </div>
  );
}

function Wrong({ field, ...error }: FoundError & { field: Known | undefined }) {
  const { texts } = useFormContext();
  const text = textOf(error, field?.wrong, texts);
  if (!field)
    return (
      <>
        {error.name}: {text}
      </>
    );
  const { id, label } = field;
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        // Not into the address: its fragment may carry a token.
        event.preventDefault();
        document.getElementById(id)?.focus();
      }}
    >
      {label}: {text}
    </a>
  );
}

function textOf({ kind, message }: Omit<FoundError, 'name'>, wrong: ReactNode, texts: FormTexts): ReactNode {
  if (kind === 'missing') return texts.missing;
  if (wrong) return wrong;
  return kind === 'native' ? message : texts.wrong(message);
}

type FieldProps = {
  name: string;
  label: string;
  /** Says what is right, when the field is wrong; default: what the application's texts say. */
  wrong?: ReactNode;
  /** Hears of each change by the user. */
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

type FoundError = { name: string; kind: Kind; message: string };

/** The errors of a form, which are nested as its values are. */
function leavesOf(errors: FieldErrors, before = ''): FoundError[] {
  return Object.entries(errors).flatMap(([key, error]) => {
    if (!error) return [];
    const name = before + key;
    // An error has a type; what has none is a group of fields.
    if (typeof error.type === 'string')
      return [{ name, kind: kindOf(error.type), message: String(error.message ?? '') }];
    // As above.
    return leavesOf(error as FieldErrors, `${name}.`);
  });
}

function kindOf(type: string): Kind {
  return type === 'missing' || type === 'native' || type === 'server' ? type : 'wrong';
}

const errorsOf = (failure: Failure) => (failure.kind === 'refused' && failure.refusal.errors) || [];

/** The browser's own checks and those of the contract. */
function resolverOf<Values extends FieldValues, Body extends FieldValues>(
  toBody: (values: Values) => Body,
  element: () => HTMLFormElement | null,
  contract: () => Check | null,
): Resolver<Values, unknown, Body> {
  return async (values, _context, options) => {
    // First of all: a browser checks no field that is disabled, and they are while the form is sent.
    const native = nativeErrors(element());
    const body = toBody(values);
    // A check needs no more of the options than which fields there are.
    const refused = await contract()?.(body, options as unknown as ResolverOptions<FieldValues>);
    const found = new Map<string, { kind: Kind; message: string }>();
    for (const { name, message } of leavesOf(refused ?? {})) found.set(name, { kind: 'wrong', message });
    for (const { name, ...error } of native) found.set(name, error);
    const errors: FieldErrors<Values> = {};
    for (const [name, { kind, message }] of found) set(errors, name, { type: kind, message });
    return found.size === 0 ? { values: body, errors: {} } : { values: {}, errors };
  };
}

function nativeErrors(form: HTMLFormElement | null): FoundError[] {
  return [...(form?.elements ?? [])].filter(isInput).flatMap((input) => {
    const { name, willValidate, validity, validationMessage: message } = input;
    if (!name || !willValidate || validity.valid) return [];
    return [{ name, message, kind: validity.valueMissing ? 'missing' : 'native' }];
  });
}

const isInput = (element: Element) =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement;

/** Loads the check while the form is filled in. A check that cannot be loaded is left to the server. */
function useLoaded(check: (() => Promise<Check>) | undefined): () => Check | null {
  const loaded = useRef<Check | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a form keeps its contract
  useEffect(() => {
    check?.().then(
      (contract) => {
        loaded.current = contract;
      },
      () => undefined,
    );
  }, []);
  return () => loaded.current;
}
