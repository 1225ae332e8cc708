export type Profile = { id: string; email: string; name: string };

/** What a page may know of a user; never a session's token. */
export const profile = ({ id, email, name }: Profile): Profile => ({ id, email, name });
