import type { ReactNode } from 'react';
import type { Failure } from '../../api/answered.ts';
import { useAppContext, useOperator } from '../app-context.tsx';

/** Shows the server's explanation of an error and what to do. A form lists the wrong fields instead of the details. */
export function ProblemNote({ failure, children }: { failure: Failure; children?: ReactNode }) {
  const { t } = useAppContext();
  const { me } = useOperator();
  const refusal = failure.kind === 'refused' ? failure.refusal : null;
  if (refusal?.code === 'role_forbidden')
    return (
      <div className="note" role="status" data-code="role_forbidden">
        <strong>{t('problem.role')}</strong>
        <p>{refusal.detail}</p>
        <p>{t('problem.role_yours', { name: me.name, role: t(`role.${me.role}`) })}</p>
      </div>
    );
  const title = refusal ? refusal.title || t('problem.unknown') : t('problem.unreachable');
  return (
    <div className="note bad" role="alert" data-code={refusal?.code}>
      <strong>{title}</strong>
      {children}
      {!children && refusal?.detail && refusal.detail !== title && (
        // The server writes details in English only.
        <p lang="en" dir="auto">
          {refusal.detail}
        </p>
      )}
      <p>{t(adviceFor(refusal))}</p>
    </div>
  );
}

function adviceFor(refusal: { code: string; status: number } | null) {
  if (!refusal) return 'problem.retry';
  if (refusal.code === 'edit_conflict') return 'problem.conflict';
  if (refusal.status === 404) return 'problem.gone';
  if (refusal.status === 422) return 'problem.fix';
  if (refusal.status >= 500 || refusal.status === 429) return 'problem.retry';
  return 'problem.look_again';
}
