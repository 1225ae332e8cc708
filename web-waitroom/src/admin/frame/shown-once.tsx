import { useEffect, useId, useRef, useState } from 'react';
import { useAppContext } from '../app-context.tsx';

type Props = {
  title: string;
  lead: string;
  text: string;
  /** Also offers the text as a file of this name. */
  fileName?: string;
  onClose(): void;
};

/** A secret that cannot be shown again: copy or save it now. */
export function ShownOnce({ title, lead, text, fileName, onClose }: Props) {
  const { t } = useAppContext();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    field.current?.select();
    return () => element?.close();
  }, []);
  const copy = async () => {
    field.current?.select();
    // Without https the clipboard is not available. The text is selected, so it can be copied by hand.
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  const save = () => {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
    Object.assign(document.createElement('a'), { href: url, download: fileName }).click();
    URL.revokeObjectURL(url);
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} className="wide" onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <p>{lead}</p>
      <textarea
        ref={field}
        readOnly
        rows={Math.min(8, text.split('\n').length + 1)}
        value={text}
        aria-label={title}
      />
      <p role="status" className="hint">
        {copied ? t('once.copied') : ''}
      </p>
      <menu>
        <li>
          <button type="button" className="button" onClick={() => void copy()}>
            {t('once.copy')}
          </button>
        </li>
        {fileName && (
          <li>
            <button type="button" className="button plain" onClick={save}>
              {t('once.save')}
            </button>
          </li>
        )}
        <li>
          <button type="button" className="button plain" onClick={onClose}>
            {t('once.close')}
          </button>
        </li>
      </menu>
    </dialog>
  );
}
