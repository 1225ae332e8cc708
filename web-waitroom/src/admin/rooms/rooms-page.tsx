import type { RoomSummary } from '@shopfast/kit/contracts/rooms';
import { Heading, useAppContext, useNow, useOperator } from '../app-context.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { HealthStrip } from '../jobs/health-strip.tsx';
import { Bar } from '../live/figures.tsx';
import { freshnessOf } from '../live/freshness.ts';
import { totalWaiting } from '../live/history.ts';
import { Link } from '../navigation.tsx';
import { newRoomPath, roomPath } from '../routes.ts';
import { useAsked } from '../use-query.ts';
import { inOrder } from './order.ts';
import { StateMark } from './state-mark.tsx';

/** So frequent that, with the round trip, figures are about a second old. */
const ASK_MS = 750;

/** All rooms, the most important ones first. */
export function RoomsPage() {
  const { t, formats } = useAppContext();
  const { calls, may } = useOperator();
  const { data, failure, dataUpdatedAt } = useAsked(['rooms'], calls.rooms, ASK_MS);
  const now = useNow(500);
  const age = Math.max(0, now - dataUpdatedAt);
  const freshness = data && freshnessOf(age - ASK_MS);
  return (
    <>
      <div className="head">
        <Heading>{t('rooms.title')}</Heading>
        {freshness && (
          <span className="freshness" data-freshness={freshness}>
            {freshness === 'live'
              ? t('fresh.live')
              : t('fresh.late', { age: formats.duration(Math.floor(age / 1_000)) })}
          </span>
        )}
        {may('operator') && (
          <Link to={newRoomPath} className="button small end">
            {t('rooms.create')}
          </Link>
        )}
      </div>
      {failure && <ProblemNote failure={failure} />}
      <HealthStrip />
      {!data && !failure && <p className="lead">{t('page.loading')}</p>}
      {data?.rooms.length === 0 && <p className="lead">{t('rooms.none')}</p>}
      {data && data.rooms.length > 0 && (
        <ul className="rooms" data-old={freshness === 'stale' || undefined}>
          {inOrder(data.rooms).map((room) => (
            <li key={room.id}>
              <RoomCard room={room} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function RoomCard({ room: { id, name, rehearsal, opens_at, stats } }: { room: RoomSummary }) {
  const { t, formats } = useAppContext();
  const { eta_seconds: eta, calls_in_last_minute: called, admissions_per_minute: limit } = stats;
  return (
    <article className="room card" data-room={id}>
      <div className="room-name">
        <h2>
          <Link to={roomPath(id)}>{name}</Link>
        </h2>
        <p>
          <StateMark state={stats.state} draining={stats.draining} />
          {rehearsal && <span className="tag">{t('rooms.rehearsal')}</span>} <code>{id}</code>
        </p>
        {opens_at && (stats.state === 'scheduled' || stats.state === 'lobby') && (
          <p className="hint">{t('rooms.opens', { time: formats.moment(Date.parse(opens_at)) })}</p>
        )}
      </div>
      <dl>
        <div data-figure="waiting" className="main-figure">
          <dt>{t('figure.waiting')}</dt>
          <dd>{formats.number(totalWaiting(stats))}</dd>
        </div>
        <div data-figure="calls">
          <dt>{t('figure.calls')}</dt>
          <dd>
            {t('rooms.part_of', { part: called, whole: limit })}
            <Bar parts={[{ part: called, look: 'filled' }]} whole={limit} />
          </dd>
        </div>
        <div data-figure="active">
          <dt>{t('figure.active')}</dt>
          <dd>
            {t('rooms.part_of', { part: stats.active, whole: stats.max_active })}
            <Bar
              parts={[{ part: stats.active, look: stats.active >= stats.max_active ? 'full' : 'filled' }]}
              whole={stats.max_active}
            />
          </dd>
        </div>
        <div data-figure="eta">
          <dt>{t('figure.eta')}</dt>
          <dd>{eta ? formats.span(eta.low, eta.high) : '–'}</dd>
        </div>
        <div data-figure="remaining">
          <dt>{t('figure.remaining')}</dt>
          <dd>{stats.remaining === null ? '–' : formats.number(stats.remaining)}</dd>
        </div>
      </dl>
    </article>
  );
}
