import { type ComponentProps, type ReactNode, useId } from 'react';

type Common = { label: string; hint?: ReactNode; error?: ReactNode };

/** A labelled input with a hint and an error message. */
export function Field({ label, hint, error, ...input }: Common & ComponentProps<'input'>) {
  const id = useIdOf(input);
  return (
    <Labelled id={id} {...{ label, hint, error }}>
      <input {...input} {...described(id, hint, error)} />
    </Labelled>
  );
}

export function TextField({ label, hint, error, ...area }: Common & ComponentProps<'textarea'>) {
  const id = useIdOf(area);
  return (
    <Labelled id={id} {...{ label, hint, error }}>
      <textarea rows={3} {...area} {...described(id, hint, error)} />
    </Labelled>
  );
}

/** The values of a select, each with its text. */
export type Options = readonly (readonly [value: string, label: string])[];

export function Choice({
  label,
  hint,
  error,
  options,
  ...select
}: Common & ComponentProps<'select'> & { options: Options }) {
  const id = useIdOf(select);
  return (
    <Labelled id={id} {...{ label, hint, error }}>
      <select {...select} {...described(id, hint, error)}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function Tick({ label, hint, error, ...input }: Common & ComponentProps<'input'>) {
  const id = useIdOf(input);
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <label className="tick">
        <input type="checkbox" {...input} {...described(id, hint, error)} />
        <span>{label}</span>
      </label>
      <Notes {...{ id, hint, error }} />
    </div>
  );
}

function Labelled({ id, label, hint, error, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children}
      <Notes {...{ id, hint, error }} />
    </div>
  );
}

function Notes({ id, hint, error }: Omit<Common, 'label'> & { id: string }) {
  return (
    <>
      {error && (
        <small id={`${id}-error`} className="error">
          {error}
        </small>
      )}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </>
  );
}

function useIdOf({ id }: { id?: string | undefined }): string {
  const own = useId();
  return id ?? own;
}

function described(id: string, hint: ReactNode, error: ReactNode) {
  const ids = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return {
    id,
    ...(ids ? { 'aria-describedby': ids } : {}),
    ...(error ? { 'aria-invalid': true as const } : {}),
  };
}
