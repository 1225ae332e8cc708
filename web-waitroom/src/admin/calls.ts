import type { DeadLetterPage, JobFigures, ResentDeadLetter } from '@shopfast/kit/contracts/background-jobs';
import type {
  AdminKeyList,
  AuditPage,
  CreatedKey,
  NewKey,
  OwnKey,
  Rotation,
} from '@shopfast/kit/contracts/keys';
import type { QueueName, RoomTransition } from '@shopfast/kit/contracts/limits';
import type {
  AdminProduct,
  AdminProductList,
  NewProduct,
  ProductSettings,
} from '@shopfast/kit/contracts/products';
import type {
  Admitted,
  IssuedCodes,
  NewRoom,
  OrderTimes,
  Room,
  RoomStats,
  RoomSummaries,
  SomeSettings,
  Template,
  TemplateList,
  Timeline,
  WantedCodes,
} from '@shopfast/kit/contracts/rooms';
import type { Theme } from '@shopfast/kit/contracts/theme';
import { type Answer, ask, type Question } from '../api/ask.ts';
import type { ServerClock } from '../api/server-clock.ts';

export type AdminCalls = ReturnType<typeof adminCalls>;

const part = encodeURIComponent;

/** The admin API's calls with one key. The key is sent in a header, never in an address. */
export function adminCalls(clock: ServerClock, key: string) {
  const headers = { Authorization: `Bearer ${key}` };
  const get = <T>(path: string) => ask<T>(clock, `/v1/admin${path}`, { headers });
  const send = <T>(
    method: NonNullable<Question['method']>,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Answer<T>> =>
    ask<T>(clock, `/v1/admin${path}`, { method, headers: { ...headers, ...more }, body });
  const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });
  /** One key per action, so that a repeated press or retry creates one object. */
  const once = () => ({ 'Idempotency-Key': crypto.randomUUID() });

  return {
    headers,
    me: () => get<OwnKey>('/me'),

    rooms: () => get<RoomSummaries>('/stats'),
    room: (id: string) => get<Room>(`/rooms/${part(id)}`),
    createRoom: (room: NewRoom) => send<Room>('POST', '/rooms', room, once()),
    changeRoom: (id: string, changes: SomeSettings, version: number) =>
      send<Room>('PATCH', `/rooms/${part(id)}`, changes, ifMatch(version)),
    deleteRoom: (id: string) => send<void>('DELETE', `/rooms/${part(id)}?force=true`),
    step: (id: string, step: RoomTransition) => send<Room>('POST', `/rooms/${part(id)}/${step}`),
    admit: (id: string, count: number) => send<Admitted>('POST', `/rooms/${part(id)}/admit`, { count }),
    stats: (id: string) => get<RoomStats>(`/rooms/${part(id)}/stats`),
    timeline: (id: string, from: Date, step: number) =>
      get<Timeline>(`/rooms/${part(id)}/timeline?from=${part(from.toISOString())}&step=${step}`),
    streamPath: (id: string) => `/v1/admin/rooms/${part(id)}/stream`,
    issueCodes: (id: string, wanted: WantedCodes) =>
      send<IssuedCodes>('POST', `/rooms/${part(id)}/codes`, wanted),
    orderTimes: () => get<OrderTimes>('/order-times'),

    theme: (id: string) => get<Theme>(`/rooms/${part(id)}/theme`),
    saveTheme: (id: string, theme: Theme) => send<Theme>('PUT', `/rooms/${part(id)}/theme`, theme),
    removeTheme: (id: string) => send<void>('DELETE', `/rooms/${part(id)}/theme`),

    templates: () => get<TemplateList>('/templates'),
    saveTemplate: (name: string, settings: SomeSettings) =>
      send<Template>('PUT', `/templates/${part(name)}`, settings),

    products: () => get<AdminProductList>('/products?limit=500'),
    createProduct: (product: NewProduct) => send<AdminProduct>('POST', '/products', product, once()),
    changeProduct: (id: string, changes: Partial<ProductSettings>, version: number) =>
      send<AdminProduct>('PATCH', `/products/${part(id)}`, changes, ifMatch(version)),
    restock: (id: string, delta: number) =>
      send<AdminProduct>('POST', `/products/${part(id)}/stock`, { delta }, once()),

    jobs: () => get<JobFigures>('/jobs'),
    deadLetters: (filter: { queue?: QueueName; resent: boolean; before?: number }) =>
      get<DeadLetterPage>(
        `/dead-letters?limit=25&resent=${filter.resent}` +
          (filter.queue ? `&queue=${filter.queue}` : '') +
          (filter.before ? `&before=${filter.before}` : ''),
      ),
    resend: (id: number) => send<ResentDeadLetter>('POST', `/dead-letters/${id}/resend`),

    keys: () => get<AdminKeyList>('/keys'),
    createKey: (key: NewKey) => send<CreatedKey>('POST', '/keys', key, once()),
    revokeKey: (id: string) => send<void>('DELETE', `/keys/${part(id)}`),
    rotateSigningKey: () => send<Rotation>('POST', '/signing-keys/rotate'),

    audit: (target: string | null, before: number | null) =>
      get<AuditPage>(
        `/audit?limit=50${target ? `&target=${part(target)}` : ''}${before ? `&before=${before}` : ''}`,
      ),
  };
}
