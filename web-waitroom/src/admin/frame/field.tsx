import { type ComponentProps, type ReactNode, useId } from 'react';

type Common = { label: string; hint?: ReactNode; fault?: string | undefined };

/** A labelled input with a hint and an error message. */
export function Field({ label, hint, fault, ...input }: Common & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Labelled id={id} {...{ label, hint, fault }}>
      <input {...input} {...described(id, hint, fault)} />
    </Labelled>
  );
}

export function TextField({ label, hint, fault, ...area }: Common & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <Labelled id={id} {...{ label, hint, fault }}>
      <textarea rows={3} {...area} {...described(id, hint, fault)} />
    </Labelled>
  );
}

export function Choice({
  label,
  hint,
  fault,
  options,
  ...select
}: Common & ComponentProps<'select'> & { options: readonly (readonly [value: string, label: string])[] }) {
  const id = useId();
  return (
    <Labelled id={id} {...{ label, hint, fault }}>
      <select {...select} {...described(id, hint, fault)}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function Tick({ label, hint, ...input }: Omit<Common, 'fault'> & ComponentProps<'input'>) {
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

function Labelled({ id, label, hint, fault, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className={fault ? 'field wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children}
      {fault && (
        <small id={`${id}-fault`} className="fault">
          {fault}
        </small>
      )}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

function described(id: string, hint: ReactNode, fault: string | undefined) {
  const ids = [fault ? `${id}-fault` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return {
    id,
    ...(ids ? { 'aria-describedby': ids } : {}),
    ...(fault ? { 'aria-invalid': true as const } : {}),
  };
}
