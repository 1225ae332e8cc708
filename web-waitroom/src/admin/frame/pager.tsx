import { useAppContext } from '../app-context.tsx';

/** Pages of a list, newest first. `before` is the cursor of the shown page; null is the newest page. */
export function Pager(list: {
  before: number | null;
  nextBefore: number | null | undefined;
  show(before: number | null): void;
}) {
  const { t } = useAppContext();
  const { before, nextBefore, show } = list;
  return (
    <div className="row">
      {before !== null && (
        <button type="button" className="button plain small" onClick={() => show(null)}>
          {t('list.newest')}
        </button>
      )}
      {nextBefore && (
        <button type="button" className="button plain small" onClick={() => show(nextBefore)}>
          {t('list.older')}
        </button>
      )}
    </div>
  );
}
