import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAppContext } from '../app-context.tsx';
import { sectionPath } from '../routes.ts';
import { healthOf, type Level } from './health.ts';
import { useJobs } from './use-jobs.ts';

/** Payment, e-mail and queues in one line, with a link to the jobs page. */
export function HealthStrip({ isAlone = false }: { isAlone?: boolean }) {
  const { t, formats } = useAppContext();
  const { data, failure } = useJobs();
  if (!data && !failure) return <div className="health card" aria-hidden="true" />;
  const { payment, email, queues, deadLetters } = healthOf(failure ? null : (data ?? null));
  return (
    <section className="health card" aria-label={t('health.title')}>
      <ul>
        <Item level={payment.level} label={t('health.payment')}>
          {t(`health.payment_${payment.why}`)}
        </Item>
        <Item level={email.level} label={t('health.email')}>
          {t(`health.email_${email.why}`)}
        </Item>
        <Item level={queues.level} label={t('health.queues')}>
          {queues.waiting === null
            ? t('health.unknown')
            : queues.oldestSeconds === null
              ? t('health.queues_empty')
              : t('health.queues_waiting', {
                  count: queues.waiting,
                  age: formats.duration(queues.oldestSeconds),
                })}
        </Item>
        <Item level={deadLetters.level} label={t('health.dead_letters')}>
          {deadLetters.count === null ? t('health.unknown') : formats.number(deadLetters.count)}
        </Item>
      </ul>
      {!isAlone && (
        <Link to={sectionPath('jobs')}>
          {t('health.more')} <span className="unseen">{t('health.title')}</span>
        </Link>
      )}
    </section>
  );
}

function Item({ level, label, children }: { level: Level; label: string; children: ReactNode }) {
  const { t } = useAppContext();
  return (
    <li data-level={level}>
      <span className="unseen">{t(`level.${level}`)}:</span> <b>{label}</b> <span>{children}</span>
    </li>
  );
}
