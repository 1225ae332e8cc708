import { useAppContext } from '../app-context.tsx';

/** Through a list that is read page by page, the newest first: `before` is where the shown page begins, null at the newest. */
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
