// A shopper's journey, plus measurements of the gateway's memory.
import type { Context, Events } from './steps/artillery.ts';
import { arrive as arriveAsShopper, type Shopper } from './steps/shopper.ts';
import { type Measured, watchMemory } from './steps/watch-memory.ts';

export * from './shopper.mts';

export async function arrive(context: Context<Shopper & Measured>, events: Events): Promise<void> {
  watchMemory(context.vars, events);
  await arriveAsShopper(context, events);
}
