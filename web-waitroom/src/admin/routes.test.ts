import { expect, test } from 'vitest';
import { pageAt } from '../app/pages.ts';
import {
  auditPath,
  newRoomPath,
  ROOM_VIEWS,
  ROUTES,
  roomPath,
  SECTIONS,
  sectionOf,
  sectionPath,
} from './routes.ts';

const at = (pathname: string) => pageAt(ROUTES, pathname);

test('each address that the dashboard makes leads to its page', () => {
  for (const section of SECTIONS) expect(sectionOf(at(sectionPath(section)).id)).toBe(section);
  for (const view of ROOM_VIEWS) {
    const { id, params } = at(roomPath('a/b c', view));
    expect(id).toBe(view === 'live' ? 'room' : `room_${view}`);
    expect(params).toEqual({ id: 'a/b c' });
    expect(sectionOf(id)).toBe('rooms');
  }
  expect(at('/admin/rooms/a/live').id).toBe('room_live');
  expect(at(newRoomPath).id).toBe('new_room');
  expect(sectionOf('new_room')).toBe('rooms');
  expect(at(auditPath('sale'))).toEqual({ id: 'audit_of', params: { target: 'sale' } });
  expect(sectionOf('audit_of')).toBe('audit');
  expect(at('/admin/').id).toBe('rooms');
});

test.each(['/shop', '/admin/nothing', '/admin/rooms/a/b', '/admin/rooms/a/live/b', '/admin/keys/a'])(
  '%s leads nowhere',
  (path) => {
    expect(at(path).id).toBe('not_found');
    expect(sectionOf(at(path).id)).toBeNull();
  },
);
