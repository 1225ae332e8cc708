import type { Role } from './documents.ts';

const RANK: Record<Role, number> = { viewer: 0, operator: 1, owner: 2 };

/** Whether a key may do what needs a role. The server decides; this only keeps controls out of sight. */
export const mayAct = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];

/** Not so of what happened by itself, such as a step of a room's timetable. */
export const isRole = (name: string): name is Role => Object.hasOwn(RANK, name);
