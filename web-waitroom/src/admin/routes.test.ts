import { expect, test } from 'vitest';
import {
  auditPath,
  newRoomPath,
  ROOM_VIEWS,
  roomPath,
  routeOf,
  SECTIONS,
  sectionOf,
  sectionPath,
} from './routes.ts';

test('each address that the dashboard makes leads to its page', () => {
  for (const section of SECTIONS) expect(sectionOf(routeOf(sectionPath(section)))).toBe(section);
  for (const view of ROOM_VIEWS)
    expect(routeOf(roomPath('a/b c', view))).toEqual({ page: 'room', id: 'a/b c', view });
  expect(routeOf(newRoomPath)).toEqual({ page: 'new_room' });
  expect(routeOf(auditPath('sale'))).toEqual({ page: 'audit', target: 'sale' });
  expect(routeOf('/admin/')).toEqual({ page: 'rooms' });
});

test.each(['/shop', '/admin/nothing', '/admin/rooms/a/b', '/admin/rooms/a/live/b', '/admin/keys/a'])(
  '%s leads nowhere',
  (path) => expect(routeOf(path)).toEqual({ page: 'not_found' }),
);
