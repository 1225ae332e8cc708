import { useRef, useState } from 'react';
import { useAppContext } from './app-context.tsx';

/** A button that cancels the order after a confirmation. */
export function CancelOrder({ cancel }: { cancel(): Promise<void> }) {
  const { t } = useAppContext();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const decide = async () => {
    if (dialog.current?.returnValue !== 'cancel') return;
    setBusy(true);
    await cancel();
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        className="quiet"
        disabled={busy}
        onClick={() => {
          if (dialog.current) dialog.current.returnValue = '';
          dialog.current?.showModal();
        }}
      >
        {t('cancel.open')}
      </button>
      <dialog ref={dialog} aria-labelledby="cancel-title" onClose={() => void decide()}>
        <form method="dialog">
          <h2 id="cancel-title">{t('cancel.title')}</h2>
          <p>{t('cancel.lead')}</p>
          <menu>
            <li>
              <button type="submit" className="button" value="keep">
                {t('cancel.keep')}
              </button>
            </li>
            <li>
              <button type="submit" className="button plain" value="cancel">
                {t('cancel.confirm')}
              </button>
            </li>
          </menu>
        </form>
      </dialog>
    </>
  );
}
