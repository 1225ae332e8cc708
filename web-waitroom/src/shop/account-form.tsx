import { PASSWORD } from '@shopfast/kit/contracts/limits';
import { createContext, type FormEvent, type ReactNode, useContext, useId, useState } from 'react';
import type { Failure } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import { ProblemNote } from './problem-note.tsx';

type Props<T> = {
  button: string;
  /** Sends the filled-in values, by field name. */
  send(given: Record<string, string>): Promise<Answer<T>>;
  done(body: T): void;
  children: ReactNode;
};

/** The names of the fields that the server refused. */
const Refused = createContext<readonly string[]>([]);

/** A form that allows one submission at a time and shows the error above its button. */
export function AccountForm<T>({ button, send, done, children }: Props<T>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const given = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    setBusy(true);
    const answer = await send(given);
    setBusy(false);
    setFailure(answer.kind === 'ok' ? null : answer);
    if (answer.kind === 'ok') done(answer.body);
  };
  return (
    <form className="card counter" onSubmit={(event) => void submit(event)}>
      <Refused value={fieldsOf(failure)}>{children}</Refused>
      {failure && <ProblemNote failure={failure} />}
      <button className="button" type="submit" disabled={busy}>
        {button}
      </button>
    </form>
  );
}

const fieldsOf = (failure: Failure | null) => (failure?.kind === 'refused' && failure.refusal.fields) || [];

type FieldProps = {
  name: string;
  label: string;
  type: 'text' | 'email' | 'password';
  complete: string;
  hint?: string;
  value?: string;
  minLength?: number;
  optional?: boolean;
};

export function Field({ name, label, type, complete, hint, value, minLength, optional }: FieldProps) {
  const id = useId();
  const isWrong = useContext(Refused).includes(name);
  return (
    <fieldset>
      <label>
        <span>{label}</span>
        <input
          name={name}
          type={type}
          required={!optional}
          autoComplete={complete}
          defaultValue={value}
          minLength={minLength}
          maxLength={type === 'password' ? PASSWORD.most : 254}
          aria-describedby={hint ? id : undefined}
          aria-invalid={isWrong || undefined}
        />
      </label>
      {hint && <small id={id}>{hint}</small>}
    </fieldset>
  );
}
