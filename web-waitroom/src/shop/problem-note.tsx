import type { ReactNode } from 'react';
import type { Failure } from '../api/answered.ts';
import type { Refusal } from '../api/ask.ts';
import { useAppContext } from './app-context.tsx';
import { NEEDS_NEW_TURN } from './place-order.ts';

/** Shows the server's explanation of an error and what to do. A form lists the wrong fields instead of the details. */
export function ProblemNote({ failure, children }: { failure: Failure; children?: ReactNode }) {
  const { t } = useAppContext();
  const refusal = failure.kind === 'refused' ? failure.refusal : null;
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
      <p>{t(refusal ? adviceFor(refusal) : 'problem.retry')}</p>
    </div>
  );
}

function adviceFor({ code, status }: Refusal) {
  if (NEEDS_NEW_TURN.has(code)) return 'problem.to_room';
  if (code === 'token_not_bound') return 'problem.other_browser';
  if (code === 'sold_out') return 'problem.sold_out';
  if (code === 'order_forbidden' || code === 'order_unknown') return 'problem.no_token';
  if (code === 'product_unknown') return 'problem.gone';
  if (code === 'order_not_cancellable') return 'problem.too_late';
  if (code === 'credentials_invalid') return 'problem.fix';
  if (code === 'email_unverified' || code === 'link_invalid') return 'problem.mailed';
  if (status === 422 || code === 'purchase_limit') return 'problem.fix';
  return status >= 500 || status === 429 ? 'problem.wait' : 'problem.again';
}
