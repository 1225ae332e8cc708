import { readFileSync } from 'node:fs';
import type { RedisClient } from '@shopfast/kit/redis';
import { CLAIM } from './claim.ts';
import { CONFIGURE } from './configure.ts';
import { COUNT_USES } from './count-uses.ts';
import { DUE_REMINDERS } from './due-reminders.ts';
import { HEARTBEAT } from './heartbeat.ts';
import { JOIN } from './join.ts';
import { JOIN_UNIQUE_EMAIL } from './join-unique-email.ts';
import { JOIN_WITH_CODE } from './join-with-code.ts';
import { LEAVE } from './leave.ts';
import { MERGE_CALLS } from './merge-calls.ts';
import { PLACE_CLAIM } from './place-claim.ts';
import { PROVE_PLACE } from './prove-place.ts';
import { RELEASE } from './release.ts';
import { REMOVE_REMINDER } from './remove-reminder.ts';
import { REVOKE } from './revoke.ts';
import type { Script } from './script.ts';
import { SET_REMINDER } from './set-reminder.ts';
import { SPEND } from './spend.ts';
import { STOCK } from './stock.ts';
import { TICK } from './tick.ts';
import { WIPE } from './wipe.ts';

const SCRIPTS: readonly Script[] = [
  CLAIM,
  CONFIGURE,
  COUNT_USES,
  DUE_REMINDERS,
  HEARTBEAT,
  JOIN,
  JOIN_UNIQUE_EMAIL,
  JOIN_WITH_CODE,
  LEAVE,
  MERGE_CALLS,
  PLACE_CLAIM,
  PROVE_PLACE,
  RELEASE,
  REMOVE_REMINDER,
  REVOKE,
  SET_REMINDER,
  SPEND,
  STOCK,
  TICK,
  WIPE,
];

/** Replacement Lua texts by file name without `.lua`: tests use them for a clock that they can move. */
export type ScriptParts = Record<string, string>;

/**
 * The text of a command's `.lua` file, with other commands (`-- @script name`) and shared parts (`-- @include name`)
 * inserted.
 */
function readScript(name: string, parts: ScriptParts): string {
  const read = (file: string) => parts[file] ?? readFileSync(new URL(`${file}.lua`, import.meta.url), 'utf8');
  const whole = read(name).replace(/^-- @script ([\w-]+)$/gm, (_, other: string) => read(other));
  return whole.replace(/^-- @include ([\w-]+)$/gm, (_, part: string) => read(`${part}.part`));
}

/** Names of the room commands: `wrJoin`, `wrTick`, … */
export const ROOM_COMMANDS: readonly string[] = SCRIPTS.map(commandOf);

function commandOf({ name }: Script): string {
  return `wr${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
}

/** Defines the room commands (`wrJoin`, `wrTick`, …) on a connection. Each stands in a `.lua` and a `.ts` file. */
export function defineScripts<Client extends RedisClient>(redis: Client, parts: ScriptParts = {}): Client {
  for (const script of SCRIPTS) {
    const { name, numberOfKeys } = script;
    redis.defineCommand(commandOf(script), { numberOfKeys, lua: readScript(name, parts) });
  }
  return redis;
}
