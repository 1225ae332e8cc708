import type { AdminDoor } from '@shopfast/kit/admin/authenticate';
import { createBadKeys } from '@shopfast/kit/admin/bad-keys';

/** For calls by `app.request()`, which come from nowhere. */
export const openDoor = (): AdminDoor => ({ badKeys: createBadKeys(), addressOf: () => null });
