import type { JobFigures } from '@shopfast/kit/contracts/background-jobs';
import { Heading, useAppContext } from '../app-context.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { HealthStrip } from './health-strip.tsx';
import { useJobs } from './use-jobs.ts';

/** Background work: payment, mails, queues and dead letters. */
export function JobsPage() {
  const { t } = useAppContext();
  const { data, failure } = useJobs();
  return (
    <>
      <Heading>{t('jobs.title')}</Heading>
      <p className="lead">{t('jobs.lead')}</p>
      {failure && <ProblemNote failure={failure} />}
      <HealthStrip isAlone />
      {data && <QueueTable figures={data} />}
      <DeadLetters />
    </>
  );
}

function QueueTable({ figures: { queues, outbox, attempts } }: { figures: JobFigures }) {
  const { t, formats } = useAppContext();
  const age = (seconds: number | null | undefined) => (seconds == null ? '–' : formats.duration(seconds));
  return (
    <section className="card panel" aria-labelledby="queues-title">
      <h2 id="queues-title">{t('jobs.queues')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('list.table', { title: t('jobs.queues') })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('jobs.queue')}</th>
              {(['waiting', 'oldest', 'active', 'delayed', 'done', 'failed'] as const).map((column) => (
                <th key={column} scope="col" className="figure">
                  {t(`jobs.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                {t('queue.outbox')} <small>{t('queue.outbox_hint')}</small>
              </th>
              <td className="figure">{outbox ? formats.number(outbox.jobs) : '–'}</td>
              <td className="figure">{age(outbox && outbox.jobs > 0 ? outbox.oldest_seconds : null)}</td>
              <td className="figure">–</td>
              <td className="figure">–</td>
              <td className="figure">–</td>
              <td className="figure">–</td>
            </tr>
            {attempts.queues.map(({ queue, done, failed }) => {
              const now = queues?.find((one) => one.queue === queue);
              return (
                <tr key={queue} data-queue={queue}>
                  <th scope="row">
                    {t(`queue.${queue}`)} <small>{t(`queue.${queue}_hint`)}</small>
                  </th>
                  <td className="figure">{now ? formats.number(now.waiting) : '–'}</td>
                  <td className="figure">{age(now?.oldest_seconds)}</td>
                  <td className="figure">{now ? formats.number(now.active) : '–'}</td>
                  <td className="figure">{now ? formats.number(now.delayed) : '–'}</td>
                  <td className="figure">{formats.number(done)}</td>
                  <td className={failed > 0 ? 'figure bad' : 'figure'}>{formats.number(failed)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className="hint">{t('jobs.basis', { minutes: attempts.minutes })}</p>
    </section>
  );
}
