import type { NewLottery } from '@shopfast/db/rooms';
import type { Room as RoomRow } from '@shopfast/db/schema/gateway';
import type { Sealer } from '@shopfast/kit/sealer';
import { DRAW_VERSIONS, type DrawVersion, NEWEST_DRAW, newSeed } from './draw.ts';

/** The seed of a future draw, encrypted, so that it cannot be read from the database. */
export function newLottery(sealer: Sealer): NewLottery {
  return { sealedSeed: sealer.encrypt(newSeed()), version: NEWEST_DRAW };
}

/** The seed of a room and the version of its draw; null without a draw. Older rooms have an unencrypted seed. */
export function drawOf(
  row: Pick<RoomRow, 'lottery_seed' | 'lottery_seed_sealed' | 'lottery_version'>,
  sealer: Sealer,
): { seed: string; version: DrawVersion } | null {
  const { lottery_seed: plain, lottery_seed_sealed: sealed } = row;
  const version = DRAW_VERSIONS.find((known) => known === row.lottery_version);
  if (version === undefined)
    throw new Error(`a draw of version ${row.lottery_version} needs a newer release`);
  if (sealed !== null) return { seed: sealer.decrypt(sealed), version };
  return plain === null ? null : { seed: plain, version };
}
