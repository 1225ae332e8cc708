/** Attempts that need no place in line. */
export const OUTSIDE_ABUSE = [
  'shop_page',
  'no_token',
  'forged',
  'unsigned',
  'tampered',
  'wrong_room',
  'expired',
] as const;
/** Attempts by admitted shoppers. */
export const INSIDE_ABUSE = ['replayed', 'other_browser', 'double_same_key', 'double_other_key'] as const;

export type OutsideAbuse = (typeof OUTSIDE_ABUSE)[number];
export type InsideAbuse = (typeof INSIDE_ABUSE)[number];
export type AbuseKind = OutsideAbuse | InsideAbuse;
