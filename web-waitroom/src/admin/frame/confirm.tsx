import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Field } from '../../app/field.tsx';
import { useAppContext } from '../app-context.tsx';

type Props = {
  title: string;
  /** The consequence of the action. */
  children: ReactNode;
  button: string;
  /** The action cannot be undone. */
  grave?: boolean;
  /** Text that must be typed to enable the button. */
  typed?: string;
  onConfirm(): Promise<unknown>;
  onClose(): void;
};

/** Asks before an action and states its consequence. Escape and "cancel" do nothing. */
export function Confirm({ title, children, button, grave, typed, onConfirm, onClose }: Props) {
  const { t } = useAppContext();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [given, setGiven] = useState('');
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const confirm = async () => {
    setBusy(true);
    await onConfirm();
    onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={onClose} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && (typed === undefined || given === typed)) void confirm();
        }}
      >
        <h2 id={id}>{title}</h2>
        <div className="consequence">{children}</div>
        {typed !== undefined && (
          <Field
            {...{ type: 'text', autoComplete: 'off', autoCapitalize: 'none', spellCheck: false }}
            label={t('confirm.type', { text: typed })}
            value={given}
            onChange={(event) => setGiven(event.target.value)}
          />
        )}
        <menu>
          <li>
            <button type="button" className="button plain" onClick={onClose}>
              {t('confirm.cancel')}
            </button>
          </li>
          <li>
            <button
              type="submit"
              className={grave ? 'button grave' : 'button'}
              disabled={busy || (typed !== undefined && given !== typed)}
            >
              {button}
            </button>
          </li>
        </menu>
      </form>
    </dialog>
  );
}
