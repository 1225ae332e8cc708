import { readFileSync } from 'node:fs';
import type { ClientContext, Redis, Result } from 'ioredis';

/** How many of a command's arguments are keys. The Lua files beside this one describe them. */
const KEY_COUNTS = {
  join: 4,
  'join-with-code': 5,
  'count-uses': 2,
  heartbeat: 4,
  claim: 4,
  leave: 7,
  release: 4,
  revoke: 7,
  'join-unique-email': 6,
  'place-claim': 5,
  'prove-place': 2,
  stock: 1,
  configure: 3,
  tick: 11,
  'merge-calls': 2,
  spend: 2,
  'set-reminder': 5,
  'remove-reminder': 7,
  'due-reminders': 9,
  wipe: 54,
} as const;

type Argument = string | number | Buffer;
/** An outcome code, then its values. */
export type ScriptAnswer = [code: number, ...rest: (number | string)[]];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrJoin(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrJoinWithCode(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrCountUses(...args: Argument[]): Result<number, Context>;
    wrHeartbeat(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrClaim(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrLeave(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrRevoke(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrJoinUniqueEmail(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrPlaceClaim(...args: Argument[]): Result<number, Context>;
    wrProvePlace(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrRelease(...args: Argument[]): Result<number, Context>;
    wrStock(...args: Argument[]): Result<number, Context>;
    wrConfigure(...args: Argument[]): Result<number[], Context>;
    wrTick(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrMergeCalls(...args: Argument[]): Result<number, Context>;
    wrSpend(...args: Argument[]): Result<number, Context>;
    wrSetReminder(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrRemoveReminder(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrDueReminders(...args: Argument[]): Result<ScriptAnswer, Context>;
    wrWipe(...args: Argument[]): Result<number, Context>;
  }
}

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

/** Defines the room commands (`wrJoin`, `wrTick`, …) on a connection. */
export function defineScripts(redis: Redis, parts: ScriptParts = {}): Redis {
  for (const [name, numberOfKeys] of Object.entries(KEY_COUNTS)) {
    redis.defineCommand(`wr${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`, {
      numberOfKeys,
      lua: readScript(name, parts),
    });
  }
  return redis;
}
