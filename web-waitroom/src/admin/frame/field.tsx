import { type ComponentProps, type ReactNode, useId } from 'react';

type Common = { label: string; hint?: ReactNode; error?: string | undefined };

/** A labelled input with a hint and an error message. */
export function Field({ label, hint, error, ...input }: Common & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Labelled id={id} {...{ label, hint, error }}>
      <input {...input} {...described(id, hint, error)} />
    </Labelled>
  );
}

export function TextField({ label, hint, error, ...area }: Common & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <Labelled id={id} {...{ label, hint, error }}>
      <textarea rows={3} {...area} {...described(id, hint, error)} />
    </Labelled>
  );
}

export function Choice({
  label,
  hint,
  error,
  options,
  ...select
}: Common & ComponentProps<'select'> & { options: readonly (readonly [value: string, label: string])[] }) {
  const id = useId();
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

export function Tick({ label, hint, ...input }: Omit<Common, 'error'> & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className="field">
      <label className="tick">
        <input type="checkbox" {...input} aria-describedby={hint ? `${id}-hint` : undefined} />
        <span>{label}</span>
      </label>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

function Labelled({ id, label, hint, error, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children}
      {error && (
        <small id={`${id}-fault`} className="fault">
          {error}
        </small>
      )}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

function described(id: string, hint: ReactNode, error: string | undefined) {
  const ids = [error ? `${id}-fault` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return {
    id,
    ...(ids ? { 'aria-describedby': ids } : {}),
    ...(error ? { 'aria-invalid': true as const } : {}),
  };
}
