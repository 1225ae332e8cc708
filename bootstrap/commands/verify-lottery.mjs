import { defineCommand } from '../command-line.mjs';

export const verifyLottery = defineCommand({
  usage: 'npm run verify-lottery',
  summary: 'Recomputes a lottery number from a receipt and the published values.',
  options: {
    index: {
      kind: 'whole',
      least: 1,
      most: Number.MAX_SAFE_INTEGER,
      sample: '4711',
      help: 'the arrival index on your receipt',
    },
    status: {
      kind: 'text',
      sample: 'https://shop.example/v1/rooms/launch/status',
      help: "the room's public status: seed and size are read from there",
    },
    seed: { kind: 'text', sample: '…', help: 'without --status: the seed that was published' },
    size: {
      kind: 'whole',
      least: 1,
      most: Number.MAX_SAFE_INTEGER,
      sample: '100000',
      help: 'without --status: how many were in the lobby',
    },
    commitment: {
      kind: 'text',
      sample: '…',
      help: 'the hash that was published before the lobby opened; your receipt has it too',
    },
    version: {
      kind: 'text',
      sample: '2',
      help: 'how the draw was made, as on your receipt (a receipt without one: 1)',
    },
    number: { kind: 'text', sample: '23', help: 'your number, to check it' },
  },
});
