import type { AdminAccess } from '@shopfast/kit/admin/authenticate';
import { createBadKeys } from '@shopfast/kit/admin/bad-keys';

/** For calls by `app.request()`, which come from nowhere. */
export const openDoor = (): AdminAccess => ({ badKeys: createBadKeys(), addressOf: () => null });
