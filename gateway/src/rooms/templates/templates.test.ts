import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../../testing/gateway.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

test('a room takes missing settings from its template, and the rest from the defaults', async () => {
  const settings = { admissions_per_minute: 120, max_active: 40 };
  expect((await it.admin('PUT', '/templates/calm', settings)).body).toEqual({ name: 'calm', settings });
  const room = { id: 'from-calm', template: 'calm', max_active: 9 };
  expect((await it.admin('POST', '/rooms', room)).body).toMatchObject({
    admissions_per_minute: 120,
    max_active: 9,
    claim_seconds: 60,
  });
  await it.admin('PUT', '/templates/calm', { admissions_per_minute: 1 });
  expect((await it.admin('GET', '/rooms/from-calm')).body.admissions_per_minute).toBe(120);
});

test('a template that no room could use is refused, naming the field', async () => {
  for (const [settings, field] of [
    [{ admissions_per_minute: -5 }, 'admissions_per_minute'],
    [{ poll_max_ms: 500_000 }, 'abandon_after_seconds'],
  ] as const) {
    const answer = await it.admin('PUT', '/templates/wrong', settings);
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe(field);
  }
  expect((await it.admin('PUT', '/templates/wrong', { speed: 3 })).status).toBe(422);
  expect((await it.admin('PUT', '/templates/Wrong%20Name', {})).status).toBe(422);
  expect((await it.admin('GET', '/templates/wrong')).body.code).toBe('template_unknown');
});

test('an unknown template creates no room', async () => {
  const answer = await it.admin('POST', '/rooms', { id: 'from-nothing', template: 'nothing' });
  expect(answer.body.code).toBe('template_unknown');
  expect((await it.admin('GET', '/rooms/from-nothing')).status).toBe(404);
});

test('templates are listed, deleted, and each change is in the audit log', async () => {
  await it.admin('PUT', '/templates/short', { max_active: 1 });
  await it.admin('PUT', '/templates/short', { max_active: 2 });
  const { templates } = (await it.admin('GET', '/templates')).body;
  expect(templates).toContainEqual({ name: 'short', settings: { max_active: 2 } });
  expect((await it.admin('DELETE', '/templates/short')).status).toBe(204);
  expect((await it.admin('DELETE', '/templates/short')).body.code).toBe('template_unknown');
  const { entries } = (await it.admin('GET', '/audit')).body;
  const own = entries.filter((entry: { target: string }) => entry.target === 'short');
  expect(own).toMatchObject([
    { action: 'template.delete', before: { max_active: 2 } },
    { action: 'template.update', before: { max_active: 1 }, after: { max_active: 2 } },
    { action: 'template.create', before: null, after: { max_active: 1 } },
  ]);
});
