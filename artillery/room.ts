import { type RoomStatus, roomStatus } from '@shopfast/kit/contracts/api';
import { messageOf, systemCodeOf } from '@shopfast/kit/thrown';

/** The target is not ready for a load test; the message says what to do. */
export class TargetError extends Error {}

/**
 * Reads the shared status of a room: one request, which the gateway answers from its cache.
 * @throws TargetError if nothing answers, or the room does not exist
 */
export async function readRoom(target: string, room: string): Promise<RoomStatus> {
  const url = `${target}/v1/rooms/${room}/status`;
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(
    (error) => {
      throw new TargetError(
        `Nothing answers at ${target} (${reason(error)}). Is it running? On this machine: npm start`,
      );
    },
  );
  const body: unknown = await answer.json().catch(() => null);
  if (answer.status === 404) {
    throw new TargetError(`There is no room "${room}" at ${target}. "npm start" opens the room "launch".`);
  }
  const parsed = roomStatus.safeParse(body);
  if (!answer.ok || !parsed.success) {
    throw new TargetError(`${url} does not answer like a gateway (status ${answer.status}).`);
  }
  return parsed.data;
}

/** @throws TargetError if nobody can join this room now */
export function requireJoinable(room: string, status: RoomStatus): void {
  if (status.state === 'closed' || status.state === 'scheduled') {
    throw new TargetError(`The room "${room}" is ${status.state}: nobody can join it now.`);
  }
}

/** @throws TargetError if the lobby is already over */
export function requireLobby(room: string, status: RoomStatus): void {
  if (status.state !== 'lobby') {
    throw new TargetError(
      `The room "${room}" is ${status.state}: this scenario starts in a lobby. With --admin-key a room is created for it.`,
    );
  }
}

const PAYING_AND_HEARING_SECONDS = 120;

/**
 * The time limit of a run: until everybody who can be admitted was admitted, half as long again, and time for one more
 * poll at the longest interval.
 * @returns seconds
 */
export function lastingSeconds(crowd: { shoppers: number; seconds: number }, status: RoomStatus): number {
  const people = crowd.shoppers + status.waiting;
  const admitted = status.remaining === null ? people : Math.min(people, status.remaining * 1.5 + 20);
  const queueSeconds = (admitted / Math.max(1, status.admissions_per_minute)) * 60;
  return Math.ceil(crowd.seconds + queueSeconds * 1.5 + PAYING_AND_HEARING_SECONDS);
}

function reason(error: Error): string {
  if (error.name === 'TimeoutError') return 'no answer in 10 s';
  return systemCodeOf(error.cause) ?? (error.cause === undefined ? error.message : messageOf(error.cause));
}
