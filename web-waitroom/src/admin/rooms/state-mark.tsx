import type { RoomState } from '@shopfast/kit/contracts/api';
import { useAppContext } from '../app-context.tsx';

/** A room's state as a word and a colour. */
export function StateMark({ state, draining }: { state: RoomState; draining: boolean }) {
  const { t } = useAppContext();
  const shown = draining && state !== 'closed' ? 'draining' : state;
  return (
    <span className="state" data-state={shown}>
      {t(`state.${shown}`)}
    </span>
  );
}
