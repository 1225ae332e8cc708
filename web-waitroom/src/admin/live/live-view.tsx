import type { Room } from '@shopfast/kit/contracts/rooms';
import { useAppContext, useOperator } from '../app-context.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { HealthStrip } from '../jobs/health-strip.tsx';
import { Charts } from './charts.tsx';
import { Controls } from './controls.tsx';
import { Figures, Stock } from './figures.tsx';
import { StaleNote } from './freshness-mark.tsx';
import { RateControl } from './rate-control.tsx';
import { useHistory } from './use-history.ts';
import type { LiveRoom } from './use-live.ts';

/** The live view of one room, with its controls. */
export function LiveView({ room, live }: { room: Room; live: LiveRoom }) {
  const { t } = useAppContext();
  const { may } = useOperator();
  const { stats } = live;
  const history = useHistory(room.id, live);
  const isOperator = may('operator');
  return (
    <>
      <StaleNote live={live} />
      {live.failure && <ProblemNote failure={live.failure} />}
      {stats && (
        <div
          className={isOperator ? 'live with-controls' : 'live'}
          data-old={live.freshness === 'stale' || undefined}
        >
          <div className="now">
            <Figures stats={stats} lastMinute={history.lastMinute} />
            <Stock stats={stats} />
            <HealthStrip />
          </div>
          {isOperator && (
            <div className="act">
              <RateControl room={room} stats={stats} joinsPerMinute={history.lastMinute?.joins ?? null} />
              <Controls room={room} stats={stats} />
            </div>
          )}
          <div className="hour">
            <h2>{t('chart.title')}</h2>
            <Charts stats={stats} history={history.steps} />
          </div>
        </div>
      )}
    </>
  );
}
