import type { Role } from './documents.ts';

const RANK: Record<Role, number> = { viewer: 0, operator: 1, owner: 2 };

/** Whether a role includes another. The server decides; this only hides controls. */
export const mayAct = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];

/** False for automatic changes, such as a transition by a room's timetable. */
export const isRole = (name: string): name is Role => Object.hasOwn(RANK, name);
