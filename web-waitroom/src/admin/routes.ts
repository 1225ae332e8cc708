export const ROOM_VIEWS = ['live', 'settings', 'look', 'codes'] as const;
export type RoomView = (typeof ROOM_VIEWS)[number];

/** The dashboard's pages, for `usePage`. */
export const ROUTES = [
  { id: 'rooms', path: '/admin' },
  { id: 'new_room', path: '/admin/rooms' },
  { id: 'room', path: '/admin/rooms/:id' },
  { id: 'room_live', path: '/admin/rooms/:id/live' },
  { id: 'room_settings', path: '/admin/rooms/:id/settings' },
  { id: 'room_look', path: '/admin/rooms/:id/look' },
  { id: 'room_codes', path: '/admin/rooms/:id/codes' },
  { id: 'products', path: '/admin/products' },
  { id: 'jobs', path: '/admin/jobs' },
  { id: 'keys', path: '/admin/keys' },
  { id: 'audit', path: '/admin/audit' },
  { id: 'audit_of', path: '/admin/audit/:target' },
] as const;
export type PageId = (typeof ROUTES)[number]['id'] | 'not_found';

export const SECTIONS = ['rooms', 'products', 'jobs', 'keys', 'audit'] as const;
export type Section = (typeof SECTIONS)[number];

export const roomsPath = '/admin';
export const newRoomPath = '/admin/rooms';
export const sectionPath = (section: Section) => (section === 'rooms' ? roomsPath : `/admin/${section}`);
export const roomPath = (id: string, view: RoomView = 'live') =>
  `/admin/rooms/${encodeURIComponent(id)}${view === 'live' ? '' : `/${view}`}`;
export const auditPath = (target: string) => `/admin/audit/${encodeURIComponent(target)}`;

/** Which part of the dashboard a page belongs to. */
export function sectionOf(page: PageId): Section | null {
  if (page === 'not_found') return null;
  if (page === 'audit_of') return 'audit';
  return SECTIONS.find((section) => section === page) ?? 'rooms';
}
