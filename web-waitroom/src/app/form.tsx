import {
  type ComponentProps,
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import {
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  type Path,
  type UseFormReturn,
  useForm,
} from 'react-hook-form';
import type { Failure } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import {
  type Check,
  errorsOf,
  type FoundError,
  type Kind,
  leavesOf,
  resolverOf,
  useLoaded,
} from './form-check.ts';
import { type FormTexts, useFormTexts } from './form-texts.tsx';

/** A field of a form: where it is, and what to say about it. */
type Known = { id: string; label: string; wrong: ReactNode };

type FormContext = {
  form: UseFormReturn;
  errors: FieldErrors;
  isSending: boolean;
  known: Map<string, Known>;
  texts: FormTexts;
};
const Context = createContext<FormContext | null>(null);

export function useFormContext(): FormContext {
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

export function textOf(
  { kind, message }: Omit<FoundError, 'name'>,
  wrong: ReactNode,
  texts: FormTexts,
): ReactNode {
  if (kind === 'missing') return texts.missing;
  if (wrong) return wrong;
  return kind === 'native' ? message : texts.wrong(message);
}
