import type { Profile } from '@shopfast/kit/contracts/accounts';

/** What a page may read about a user; never a session token. */
export const profile = ({ id, email, name }: Profile): Profile => ({ id, email, name });
