import { appendAudit } from '@shopfast/db/audit';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import { highWaterMarksOf } from '../rooms/high-water-marks.ts';
import { admits } from '../rooms/state-machine.ts';
import type { AdmissionDeps } from './deps.ts';
import { tick } from './tick.ts';

/**
 * Admits tickets by hand, in addition to the rate but inside the active and stock caps; audited.
 * @returns how many were called
 * @throws Problem state_conflict when the room is not open
 */
export async function admitByHand(
  deps: AdmissionDeps,
  id: string,
  count: number,
  author: Author,
): Promise<number> {
  const room = deps.rooms.get(id);
  if (!admits(room.state))
    throw new Problem('state_conflict', { detail: `The room is ${room.state}; only an open room admits.` });
  const result = await tick(deps.redis, id, {
    spacingMs: 0,
    byHand: count,
    highWaterMarks: highWaterMarksOf(room),
  });
  if (!result) throw deps.rooms.reportMissing(id);
  deps.rooms.recordSnapshot(id, result);
  const after = { asked: count, called: result.calledNow };
  await appendAudit(
    deps.sql,
    auditEntry(author, deps.clock.now(), { action: 'room.admit', target: id, after }),
  );
  return result.calledNow;
}
