import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import type { Failure } from '../../api/answered.ts';
import type { Answer } from '../../api/ask.ts';
import { useAppContext } from '../app-context.tsx';
import { ProblemNote } from './problem-note.tsx';

/** What was done, and how to undo it. */
export type Done = { text: string; undo?: { run(): Promise<Answer<unknown>>; text: string } };
type Notice = { id: number } & ({ done: Done } | { failure: Failure });

/** Runs an action and shows its result. @returns the answer's body, or null when it was refused */
export type Act = <T>(work: () => Promise<Answer<T>>, done: (body: T) => Done) => Promise<T | null>;

/** Shows the result of an action that succeeded. */
export type Report = (done: Done) => void;

const Context = createContext<{ act: Act; report: Report } | null>(null);
/** Older notices are dropped. */
const SHOWN = 3;

export const useAct = (): Act => useNotices().act;
export const useReport = (): Report => useNotices().report;

function useNotices() {
  const notices = useContext(Context);
  if (!notices) throw new Error('Outside of Notices');
  return notices;
}

/** Shows the results of actions. Notices stay until they are closed, so that nobody has to hurry to undo. */
export function Notices({ onDone, children }: { onDone(): void; children: ReactNode }) {
  const { t } = useAppContext();
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const last = useRef(0);

  const put = useCallback((notice: { done: Done } | { failure: Failure }) => {
    last.current += 1;
    const id = last.current;
    setNotices((before) => [...before.slice(1 - SHOWN), { id, ...notice }]);
  }, []);
  const putAway = (id: number) => setNotices((before) => before.filter((notice) => notice.id !== id));

  const act = useCallback<Act>(
    async (work, done) => {
      const answer = await work();
      onDone();
      if (answer.kind !== 'ok') {
        put({ failure: answer });
        return null;
      }
      put({ done: done(answer.body) });
      return answer.body;
    },
    [onDone, put],
  );
  const report = useCallback<Report>(
    (done) => {
      onDone();
      put({ done });
    },
    [onDone, put],
  );
  const value = useMemo(() => ({ act, report }), [act, report]);

  return (
    <Context value={value}>
      {children}
      <section className="notices" aria-label={t('notice.region')} role="status">
        {notices.map((notice) => (
          <div key={notice.id} className="notice card">
            {'failure' in notice ? <ProblemNote failure={notice.failure} /> : <p>{notice.done.text}</p>}
            <div className="row">
              {'done' in notice && notice.done.undo && (
                <UndoButton undo={notice.done.undo} act={act} done={() => putAway(notice.id)} />
              )}
              <button type="button" className="quiet" onClick={() => putAway(notice.id)}>
                {t('notice.close')}
              </button>
            </div>
          </div>
        ))}
      </section>
    </Context>
  );
}

function UndoButton({ undo, act, done }: { undo: NonNullable<Done['undo']>; act: Act; done(): void }) {
  const { t } = useAppContext();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await act(undo.run, () => ({ text: undo.text }));
    done();
  };
  return (
    <button type="button" className="button plain small" disabled={busy} onClick={() => void run()}>
      {t('notice.undo')}
    </button>
  );
}
