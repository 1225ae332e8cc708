import { appendAudit } from '@shopfast/db/audit';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { highWaterMarksOf } from '../rooms/high-water-marks.ts';
import { admits } from '../rooms/state-machine.ts';
import { tick } from './tick.ts';

/**
 * Admits tickets by hand, in addition to the rate but inside the active and stock caps; audited.
 * @returns how many were called
 * @throws Problem state_conflict when the room is not open
 */
export async function admitByHand(
  gateway: Gateway,
  id: string,
  count: number,
  author: Author,
): Promise<number> {
  const room = gateway.rooms.get(id);
  if (!admits(room.state))
    throw new Problem('state_conflict', { detail: `The room is ${room.state}; only an open room admits.` });
  const result = await tick(gateway.redis, id, {
    spacingMs: 0,
    byHand: count,
    highWaterMarks: highWaterMarksOf(room),
  });
  if (!result) throw gateway.rooms.reportMissing(id);
  gateway.rooms.recordSnapshot(id, result);
  const after = { asked: count, called: result.calledNow };
  await appendAudit(
    gateway.sql,
    auditEntry(author, gateway.clock.now(), { action: 'room.admit', target: id, after }),
  );
  return result.calledNow;
}
