export type Profile = { id: string; email: string; name: string };

/** What a page may read about a user; never a session token. */
export const profile = ({ id, email, name }: Profile): Profile => ({ id, email, name });
