import { manualClock } from '@shopfast/kit/clock';
import { DEFAULT_SETTINGS } from '@shopfast/kit/contracts/rooms';
import { describe, expect, test } from 'vitest';
import type { Room } from '../rooms/room.ts';
import { createStatusFloods } from './status-floods.ts';

const roomThatPolls = (pollMinMs: number) =>
  ({ id: 'drop', settings: { ...DEFAULT_SETTINGS, poll_min_ms: pollMinMs } }) as Room;
const ticket = (index: number) => ({
  room: 'drop',
  epoch: 1,
  index,
  id: `ticket-${index}`,
  joinedAt: 0,
  estimatedSeconds: 0,
});

describe('a flood of status requests', () => {
  test.each([200, 2_000, 60_000])(
    'is not detected for a shopper who polls as asked in three tabs (poll_min_ms %d)',
    (pollMinMs) => {
      const clock = manualClock();
      const floods = createStatusFloods(clock);
      const room = roomThatPolls(pollMinMs);
      // A client should poll after 85 % of poll_min_ms at the earliest.
      for (let asked = 0; asked < 1_000; asked += 1) {
        clock.advance((0.85 * pollMinMs) / 3);
        expect(floods.countRequest(room, ticket(7))).toBe(false);
      }
    },
  );

  test('is detected within seconds when a ticket polls a hundred times a second, and its neighbours are not affected', () => {
    const clock = manualClock();
    const floods = createStatusFloods(clock);
    const room = roomThatPolls(2_000);
    let unflagged = 0;
    for (let asked = 0; asked < 1_000; asked += 1) {
      clock.advance(10);
      if (!floods.countRequest(room, ticket(7))) unflagged += 1;
    }
    expect(unflagged).toBeLessThanOrEqual(30);
    expect(floods.countRequest(room, ticket(8))).toBe(false);
  });

  test('is not detected for a crowd of a million that polls as asked', () => {
    const clock = manualClock();
    const floods = createStatusFloods(clock);
    const room = roomThatPolls(2_000);
    let busy = 0;
    // 2,000 requests a second (poll_budget_rps), each by another ticket, for half a minute.
    for (let asked = 0; asked < 60_000; asked += 1) {
      if (asked % 2 === 0) clock.advance(1);
      if (floods.countRequest(room, ticket((asked * 7_919) % 1_000_000))) busy += 1;
    }
    expect(busy).toBe(0);
  });

  test('has an exact budget by the room’s poll interval, the same one every time', () => {
    const floods = createStatusFloods(manualClock());
    expect(floods.budgetOf(roomThatPolls(200)).quota).toBe(300);
    expect(floods.budgetOf(roomThatPolls(2_000)).quota).toBe(30);
    expect(floods.budgetOf(roomThatPolls(60_000)).quota).toBe(30);
    expect(floods.budgetOf(roomThatPolls(2_000))).toBe(floods.budgetOf(roomThatPolls(60_000)));
  });
});
