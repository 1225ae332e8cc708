import type { Sql } from '@shopfast/db/client';
import type { RoomSample } from '@shopfast/db/schema/timeline';
import { rollUpMinutes, saveSeconds } from '@shopfast/db/timeline';

const SECONDS = 3_600;
const IN_ONE_STATEMENT = 600;
const UNITS = 500;

/**
 * The last hour of a room, one sample a second. A crowd comes within ten minutes and is called at a steady rate, and most
 * units are sold.
 */
export async function makeHistory(sql: Sql, room: string, now = Date.now()): Promise<number> {
  const until = Math.floor(now / 1_000);
  const samples = Array.from({ length: SECONDS }, (_, nth) => sampleAt(room, until, nth));
  for (let from = 0; from < samples.length; from += IN_ONE_STATEMENT)
    await saveSeconds(sql, samples.slice(from, from + IN_ONE_STATEMENT));
  await rollUpMinutes(sql, new Date((until - SECONDS) * 1_000));
  return samples.length;
}

function sampleAt(room: string, until: number, nth: number): RoomSample {
  const at = (until - SECONDS + nth) * 1_000;
  const joined = Math.round(nth < 600 ? (nth / 600) ** 2 * 1_800 : 1_800 + (nth - 600) / 10);
  const called = Math.min(joined, Math.round(nth * 0.6));
  const dropped = Math.min(joined - called, Math.round(nth / 40));
  const sold = Math.min(UNITS, Math.round(called * 0.2));
  const held = Math.min(UNITS - sold, Math.round(20 + 10 * Math.sin(nth / 60)), called);
  return {
    ...{ room, at: new Date(at), seen_ms: at, generation: (until - SECONDS) * 1_000 },
    ...{
      waiting: joined - called - dropped,
      active: Math.min(called, held + 30),
      serving: called,
      issued: joined,
    },
    ...{ joined, called, dropped, remaining: UNITS - sold - held, held, sold },
  };
}
