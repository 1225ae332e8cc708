import type { Limits } from '../limits/limits.ts';
import type { Meters } from '../meters.ts';
import type { TokenDeps } from '../tokens/deps.ts';
import type { OwnServices, ProtectConfig } from './config.ts';
import type { SharingLimits } from './sharing.ts';

/** The dependencies of the reverse proxy. */
export type ProtectDeps = TokenDeps & {
  limits: Pick<Limits, 'addressOf' | 'isTrusted' | 'clientKey'>;
  meters: Pick<Meters, 'sharingRefused'>;
  config: {
    /** The URLs of our own services behind the gateway. */
    services: OwnServices;
    /** Routing of paths that are not the gateway's own; default: the paths of our services go to them. */
    protect?: ProtectConfig;
    /** Limits for the use of one reservation on protected paths. */
    sharing: SharingLimits;
  };
};
