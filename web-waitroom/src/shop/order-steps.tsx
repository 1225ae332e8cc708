import { useAppContext } from './app-context.tsx';
import type { Shown } from './order-state.ts';

/** The three steps of an order and its progress. */
export function OrderSteps({ state }: { state: Shown }) {
  const { t } = useAppContext();
  const pending = state === 'pending_payment' || state === 'action_needed';
  const paid = state === 'paid' || state === 'refunded';
  const steps = [
    { name: t('order.step_received'), look: 'done' },
    { name: t('order.step_payment'), look: pending ? 'now' : paid ? 'done' : 'failed' },
    { name: t('order.step_done'), look: paid ? 'done' : 'open' },
  ];
  return (
    <ol className="steps" aria-label={t('order.steps')}>
      {steps.map(({ name, look }) => (
        <li key={name} data-look={look} aria-current={look === 'now' ? 'step' : undefined}>
          {name}
        </li>
      ))}
    </ol>
  );
}
