import type { AdminAccess } from '@shopfast/kit/admin/authenticate';
import { createBadKeys } from '@shopfast/kit/admin/bad-keys';

/** For calls by `app.request()`, which have no client address. */
export const openDoor = (): AdminAccess => ({ badKeys: createBadKeys(), addressOf: () => null });
