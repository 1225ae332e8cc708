import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { openTestRoom, type TestRoom } from '../testing/room.ts';
import { readSlots } from './read-slots.ts';

let room: TestRoom;
beforeEach(async () => {
  room = await openTestRoom(inject('redisUrl'), { rate: 60_000 });
});
afterEach(() => room.close());

/** A token that the gateway signs now. */
const token = (jti: string) => ({ room: room.id, epoch: 1, jti, iat: Math.floor(room.now() / 1_000) });
const read = async (...tokens: ReturnType<typeof token>[]) => readSlots(room, room.id, tokens);

async function admitted(jti: string) {
  const index = await room.join();
  await room.advance(100);
  await room.tick();
  await room.claim(index, { token: `token of ${jti}`, jti, expiresMs: room.now() + 600_000 });
  return token(jti);
}

test('each of several tokens is read separately, and none of another generation', async () => {
  await room.advance(1_000);
  const [first, second] = [await admitted('first'), await admitted('second')];
  await room.release('second');
  const answers = await read(first, second, token('never'), { ...first, epoch: 2 }, { ...first, epoch: 0 });
  expect(answers).toEqual(['held', 'none', 'none', 'unknown', 'none']);
});

test('a stall of all gateways does not change what is known', async () => {
  await room.advance(1_000);
  const spent = await admitted('spent');
  await room.release('spent');
  await room.advance(60_000);
  await room.tick();
  expect(await read(spent)).toEqual(['none']);
});

test('a Redis that was filled again, or is unavailable, does not know earlier tokens', async () => {
  await room.advance(1_000);
  const before = await admitted('before');
  await room.advance(1_000);
  await room.loseAndRestore({ issued: 1, serving: 1, margin: 20 });
  await room.advance(1_000);
  expect(await read(before, token('after'))).toEqual(['unknown', 'none']);
  await room.redis.unlink(room.keys.room);
  expect(await read(before)).toEqual(['unknown']);
});

test('a Redis that is a second behind is not trusted about earlier tokens, held or not', async () => {
  await room.advance(1_000);
  const spent = await admitted('spent');
  const { redis, keys } = room;
  const behind = [await redis.hgetall(keys.room), await redis.hgetall(keys.tokens)] as const;
  await room.release('spent');
  const issued = await room.join();
  await redis.hset(keys.room, behind[0]);
  await redis.hset(keys.tokens, behind[1]);
  expect(await read(spent)).toEqual(['held']);
  await room.advance(1_000);
  await room.join('after', { epoch: 1, issued, serving: 1, margin: 20 });
  expect(await read(spent)).toEqual(['unknown']);
});
