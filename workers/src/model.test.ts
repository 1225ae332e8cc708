import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testEnv } from './testing/env.ts';
import { settle, steps } from './testing/model/commands.ts';
import { expectGoodEnd } from './testing/model/guarantees.ts';
import type { Model } from './testing/model/model.ts';
import { openWorld, type World } from './testing/model/world.ts';
import { servers } from './testing/urls.ts';

const { MODEL_RUNS: numRuns, MODEL_SEED: seed, MODEL_PATH: path } = testEnv();

let world: World;
beforeAll(async () => {
  world = await openWorld(servers().databaseUrl);
});
afterAll(() => world?.close());

test('in any order of what buyers, jobs, webhooks and the provider do: no unit is lost or sold twice, one order for a token, one charge for an order, limits hold, and every order ends as it must', {
  timeout: 60_000 + numRuns * 5_000,
}, async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 25, size: 'max' }), async (commands) => {
      await world.reset();
      const model: Model = { orders: [], now: world.clock.now() };
      await fc.asyncModelRun(() => ({ model, real: world }), commands);
      await settle(model, world);
      await expectGoodEnd(model, world);
      seen += model.orders.length;
    }),
    { numRuns, endOnFailure: false, ...(seed === undefined ? {} : { seed }), ...(path ? { path } : {}) },
  );
  expect(seen).toBeGreaterThan(0);
});
