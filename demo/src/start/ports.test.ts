import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { PortTakenError, portsFrom, requireFree } from './ports.ts';

test('all ports follow from the gateway’s port', () => {
  expect(portsFrom(3_000)).toEqual({
    gateway: 3000,
    checkout: 3001,
    workers: 3002,
    inbox: 3080,
    stripe: 3090,
    metrics: { gateway: 3064, checkout: 3065, workers: 3066 },
  });
  expect(portsFrom(4_100).stripe).toBe(4190);
});

test('ports in use are named, with advice', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  try {
    const { port } = other.address() as AddressInfo;
    await expect(requireFree([port, 0], 'npm start')).rejects.toThrow(PortTakenError);
    await expect(requireFree([port, 0], 'npm start')).rejects.toThrow(
      `Port ${port} is in use: choose others with --port, e.g. npm start -- --port 4000`,
    );
    await expect(requireFree([0, port, port], 'npm run dev')).rejects.toThrow(
      `Ports ${port}, ${port} are in use`,
    );
  } finally {
    other.close();
  }
});
