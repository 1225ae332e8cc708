import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { RoomDirectory } from './rooms/directory.ts';

/** Prometheus metrics of one gateway. The rooms' figures come from its own ticks, so a scrape costs no Redis work. */
export function createMetrics(rooms: RoomDirectory): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const figures = {
    waiting: 'live tickets that wait',
    active: 'tickets called or holding an unspent token',
    serving: 'highest number called',
    issued: 'numbers given',
    callsInLastMinute: 'calls in the last 60 s',
  } as const;
  for (const [figure, help] of Object.entries(figures)) {
    const name = figure.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    new Gauge({
      name: `shopfast_room_${name}`,
      help: `Room: ${help}`,
      labelNames: ['room'],
      registers: [registry],
      collect() {
        this.reset();
        for (const room of rooms.all())
          if (room.snapshot) this.set({ room: room.id }, room.snapshot[figure as keyof typeof figures]);
      },
    });
  }
  return registry;
}
