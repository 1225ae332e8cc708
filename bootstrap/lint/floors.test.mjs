import { expect, test } from 'vitest';
import { importsUpwards } from './floors.mjs';

/** @param {Record<string, string>} files */
const upwardsIn = (files) => importsUpwards(Object.keys(files), (file) => files[file] ?? '');

test('every folder of the gateway imports only from floors below its own', () => {
  expect(importsUpwards()).toEqual([]);
});

test('an import upwards is named, also one of a type, of a neighbour, and a re-export', () => {
  expect(
    upwardsIn({
      'rooms/room.ts': "import type { Ticket } from '../tickets/ticket.ts';\nimport '../lua/keys.ts';\n",
      'rooms/timeline/keep.ts': "import { a } from '../room.ts';\nexport { b } from '../../app.ts';\n",
      'reminders/set.ts': "import { c } from '../protect/config.ts';\n",
    }),
  ).toEqual([
    'gateway/src/rooms/room.ts: rooms must not import tickets, which is not on a floor below',
    'gateway/src/rooms/timeline/keep.ts: rooms must not import app, which is not on a floor below',
    'gateway/src/reminders/set.ts: reminders must not import protect, which is not on a floor below',
  ]);
});

test('a new folder needs a floor; tests may import everything', () => {
  expect(
    upwardsIn({
      'colours/red.ts': '',
      'rooms/room.test.ts': "import { app } from '../app.ts';\n",
      'testing/gateway.ts': "import { app } from '../app.ts';\n",
    }),
  ).toEqual(['gateway/src/colours/red.ts: "colours" has no floor in bootstrap/lint/floors.mjs']);
});
