/** The dashboard's addresses. */
export type Route =
  | { page: 'rooms' }
  | { page: 'new_room' }
  | { page: 'room'; id: string; view: RoomView }
  | { page: 'products' }
  | { page: 'jobs' }
  | { page: 'keys' }
  | { page: 'audit'; target: string | null }
  | { page: 'not_found' };

export const ROOM_VIEWS = ['live', 'settings', 'look', 'codes'] as const;
export type RoomView = (typeof ROOM_VIEWS)[number];

export const SECTIONS = ['rooms', 'products', 'jobs', 'keys', 'audit'] as const;
export type Section = (typeof SECTIONS)[number];

export const roomsPath = '/admin';
export const newRoomPath = '/admin/rooms';
export const sectionPath = (section: Section) => (section === 'rooms' ? roomsPath : `/admin/${section}`);
export const roomPath = (id: string, view: RoomView = 'live') =>
  `/admin/rooms/${encodeURIComponent(id)}${view === 'live' ? '' : `/${view}`}`;
export const auditPath = (target: string) => `/admin/audit/${encodeURIComponent(target)}`;

export function routeOf(pathname: string): Route {
  const [admin, kind, id, view, ...more] = pathname.split('/').filter((part) => part !== '');
  if (admin !== 'admin' || more.length > 0) return { page: 'not_found' };
  if (kind === undefined) return { page: 'rooms' };
  if (kind === 'rooms') return roomRoute(id, view);
  if (view !== undefined) return { page: 'not_found' };
  if (kind === 'audit') return { page: 'audit', target: id === undefined ? null : decode(id) };
  if (id !== undefined) return { page: 'not_found' };
  if (kind === 'products' || kind === 'jobs' || kind === 'keys') return { page: kind };
  return { page: 'not_found' };
}

function roomRoute(id: string | undefined, name: string | undefined): Route {
  if (id === undefined) return { page: 'new_room' };
  const view = name === undefined ? 'live' : ROOM_VIEWS.find((one) => one === name);
  return view ? { page: 'room', id: decode(id), view } : { page: 'not_found' };
}

/** Which part of the dashboard a page belongs to. */
export function sectionOf(route: Route): Section | null {
  if (route.page === 'new_room' || route.page === 'room') return 'rooms';
  return route.page === 'not_found' ? null : route.page;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
