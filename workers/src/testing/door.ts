import type { AdminDoor } from '@shopfast/kit/admin/authenticate';
import { createBadKeys } from '@shopfast/kit/admin/bad-keys';

/** For calls by `app.request()`, which have no client address. */
export const openDoor = (): AdminDoor => ({ badKeys: createBadKeys(), addressOf: () => null });
