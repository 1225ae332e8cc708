import { isFree } from '@shopfast/sandbox/stores/free-port';
import type { SystemPorts } from '@shopfast/sandbox/system/system';

/** Another program uses a port that the system needs. */
export class PortTakenError extends Error {}

/** The ports of all parts, from the gateway's: 3000 gives 3001, 3002, 3064 to 3066 (metrics), 3080 and 3090. */
export function portsFrom(gateway: number): SystemPorts {
  return {
    gateway,
    checkout: gateway + 1,
    workers: gateway + 2,
    inbox: gateway + 80,
    stripe: gateway + 90,
    metrics: { gateway: gateway + 64, checkout: gateway + 65, workers: gateway + 66 },
  };
}

export const everyPort = ({ metrics, ...others }: SystemPorts): number[] => [
  ...Object.values(others),
  ...Object.values(metrics ?? {}),
];

/**
 * @param command the command that `--port` belongs to, e.g. `npm start`
 * @throws PortTakenError that names every port in use
 */
export async function requireFree(ports: readonly number[], command: string): Promise<void> {
  const taken: number[] = [];
  for (const port of ports) if (!(await isFree(port))) taken.push(port);
  if (taken.length === 0) return;
  const what = taken.length === 1 ? `Port ${taken[0]} is` : `Ports ${taken.join(', ')} are`;
  throw new PortTakenError(`${what} in use: choose others with --port, e.g. ${command} -- --port 4000`);
}
