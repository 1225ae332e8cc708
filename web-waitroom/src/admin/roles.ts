import { mayActAs, ROLES, type Role } from '@shopfast/kit/admin/roles';

/** Whether a role includes another. The server decides; this only hides controls. */
export const mayAct = mayActAs;

/** False for automatic changes, such as a transition by a room's timetable. */
export const isRole = (name: string): name is Role => ROLES.some((role) => role === name);
