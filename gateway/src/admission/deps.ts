import type { RevokedCodes } from '../codes/revoked.ts';
import type { RoomDeps } from '../rooms/deps.ts';
import type { UnsavedReleases } from '../tokens/released.ts';

/** The dependencies of admission. The ticker also keeps this process's lists up to date. */
export type AdmissionDeps = RoomDeps & {
  released: UnsavedReleases;
  revokedCodes: RevokedCodes;
  themes: Refreshed;
  keyring: Refreshed;
};

type Refreshed = { refresh(): Promise<void> };
