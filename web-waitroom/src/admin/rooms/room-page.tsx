import type { Room, RoomStats } from '@shopfast/kit/contracts/rooms';
import { Heading, useAppContext, useOperator } from '../app-context.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { FreshnessMark } from '../live/freshness-mark.tsx';
import { LiveView } from '../live/live-view.tsx';
import { type LiveRoom, useLive } from '../live/use-live.ts';
import { Link } from '../navigation.tsx';
import { auditPath, ROOM_VIEWS, type RoomView, roomPath } from '../routes.ts';
import { useAsked } from '../use-query.ts';
import { CodesView } from './codes-view.tsx';
import { SettingsView } from './settings-view.tsx';
import { StateMark } from './state-mark.tsx';
import { ThemeEditor } from './theme-editor.tsx';

/** One room: live view, settings, theme of its waiting page, codes. */
export function RoomPage({ id, view }: { id: string; view: RoomView }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const live = useLive(id);
  // Somebody else may change the room: a new version loads it again.
  const { data: room, failure } = useAsked(['room', id, live.stats?.version ?? 0], () => calls.room(id));
  if (!room)
    return (
      <>
        <Heading>{id}</Heading>
        {failure ? <ProblemNote failure={failure} /> : <p className="lead">{t('page.loading')}</p>}
      </>
    );
  return (
    <>
      <RoomHead room={room} live={live} view={view} />
      {view === 'live' && <LiveView room={room} live={live} />}
      {view === 'settings' && <SettingsView key={room.id} room={room} />}
      {view === 'look' && <ThemeEditor key={room.id} room={room} />}
      {view === 'codes' && <CodesView room={room} />}
    </>
  );
}

type HeadProps = { room: Room; live: LiveRoom; view: RoomView };

function RoomHead({ room, live, view }: HeadProps) {
  const { t } = useAppContext();
  const { may } = useOperator();
  const { state, draining }: Pick<RoomStats, 'state' | 'draining'> = live.stats ?? room;
  return (
    <>
      <div className="head">
        <Heading>{room.name}</Heading>
        <StateMark state={state} draining={draining} />
        {room.rehearsal && <span className="tag">{t('rooms.rehearsal')}</span>}
        <FreshnessMark live={live} />
      </div>
      <nav aria-label={t('room.views')} className="tabs">
        <ul>
          {ROOM_VIEWS.filter((one) => one !== 'codes' || may('operator')).map((one) => (
            <li key={one}>
              <Link to={roomPath(room.id, one)} current={one === view}>
                {t(`room.view_${one}`)}
              </Link>
            </li>
          ))}
          {may('operator') && (
            <li>
              <Link to={auditPath(room.id)}>{t('room.audit')}</Link>
            </li>
          )}
          <li>
            <a href={`/w/${encodeURIComponent(room.id)}`} target="_blank" rel="noreferrer">
              {t('room.waiting_page')} <span className="unseen">{t('room.new_tab')}</span>
            </a>
          </li>
        </ul>
      </nav>
    </>
  );
}
