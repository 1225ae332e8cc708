/** What a case needs besides the address of a gateway. */
export const NEEDS = {
  'admin-key': 'creates rooms: set --admin-key (or ADMIN_KEY)',
  'webhook-secret': 'signs payment events: set --webhook-secret',
  inbox: 'reads the mails of the shop: set --inbox, the address of the sandbox inbox',
  gate: 'needs a path behind a waiting room: set --gate /shop, and --admin-key if its room is slow',
  upstream: 'needs an upstream that echoes requests: run without --target',
  secrets: 'signs with the keys of the installation: run without --target',
  stores: 'stops Redis for a moment: run without --target',
  'own-gate': 'resets the room of a protected path: run without --target',
  addresses:
    'sends from several loopback addresses (127.0.0.x), which this machine or this target does not allow',
  wire: 'sends raw bytes: needs a plain http target',
} as const;
export type Need = keyof typeof NEEDS;
