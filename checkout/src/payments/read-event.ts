import { storable } from '@shopfast/kit/contracts/text';
import { Problem } from '@shopfast/kit/errors';
import { z } from 'zod';

/** Much deeper than any provider's event, and well within what `jsonb` can parse. */
const MOST_LEVELS = 64;

/** Text that Postgres can store and index. */
const name = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => text.isWellFormed() && !text.includes('\0'));
const event = z.looseObject({ id: name, type: name });

/**
 * Reads the body of a webhook after its signature was checked. `jsonb` refuses NUL and lone surrogates, so they become
 * U+FFFD: the provider would send a refused event again for days.
 * @throws Problem `malformed_request` if the body is not an event
 */
export function readPaymentEvent(body: string): z.output<typeof event> {
  if (levelsOf(body) > MOST_LEVELS) throw new Problem('malformed_request', { detail: 'Nested too deeply.' });
  const read = event.safeParse(JSON.parse(body));
  if (!read.success)
    throw new Problem('malformed_request', { detail: 'An event is an object with an id and a type.' });
  return storable(read.data);
}

function levelsOf(json: string): number {
  let [level, deepest, inText] = [0, 0, false];
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at];
    if (inText && char === '\\') at += 1;
    else if (char === '"') inText = !inText;
    else if (!inText && (char === '{' || char === '[')) deepest = Math.max(deepest, ++level);
    else if (!inText && (char === '}' || char === ']')) level -= 1;
  }
  return deepest;
}
