import type { Failure } from '../api/answered.ts';
import { useAppContext } from './app-context.tsx';
import { Heading } from './heading.tsx';
import { Link } from './navigation.tsx';
import { ProblemNote } from './problem-note.tsx';
import { listPath } from './routes.ts';

/** Shown when a page could not load any data. */
export function FailedPage({ failure }: { failure: Failure }) {
  const { t } = useAppContext();
  const isGone = failure.kind === 'refused' && failure.refusal.status === 404;
  return (
    <div className="narrow">
      <Heading>{t(isGone ? 'page.not_found' : 'problem.unknown')}</Heading>
      <ProblemNote failure={failure} />
      <Link to={listPath}>{t('page.home')}</Link>
    </div>
  );
}
