import { ROLES } from '../admin/roles.ts';
import { KEY_NAME } from './limits.ts';
import { count, exactLine, line, pageSize, rowNumber } from './text.ts';
import { z } from './zod.ts';

/** Admin keys, signing keys and the audit log. */

/** `GET /v1/admin/me` */
export const ownKey = z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) }).openapi('OwnKey');
export type OwnKey = z.infer<typeof ownKey>;

const key = {
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  /** The first characters of the key, to recognise it. */
  prefix: z.string(),
  created_at: z.iso.datetime(),
  revoked_at: z.iso.datetime().nullable(),
};
export const keyDocument = z.object(key).openapi('AdminKey');
export type AdminKey = z.infer<typeof keyDocument>;
export const keyList = z.object({ keys: z.array(keyDocument) }).openapi('AdminKeyList');
export type AdminKeyList = z.infer<typeof keyList>;
/** The only answer with the secret. */
export const createdKey = z.object({ ...key, key: z.string() }).openapi('CreatedAdminKey');
export type CreatedKey = z.infer<typeof createdKey>;
/** `POST /v1/admin/keys` */
export const newKey = z.strictObject({ name: line(KEY_NAME), role: z.enum(ROLES) }).openapi('NewAdminKey');
export type NewKey = z.input<typeof newKey>;
export const keyParams = z.object({ id: z.uuid() });

/** `POST /v1/admin/signing-keys/rotate` */
export const rotation = z
  .object({
    kid: z.string(),
    signs_from: z.iso.datetime(),
    old_keys_until: z.iso.datetime(),
  })
  .openapi('SigningKeyRotation');
export type Rotation = z.infer<typeof rotation>;

/** The public keys that verify reservation tokens, RFC 7517. */
export const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).openapi('JsonWebKeySet');

export const auditQuery = z.object({
  limit: pageSize({ most: 500, usual: 100 }),
  /** `next_before` of the previous page. */
  before: rowNumber.optional(),
  target: exactLine({ most: 200 }).optional(),
});
const auditEntry = z
  .object({
    id: count,
    at: z.iso.datetime(),
    actor: z.string(),
    role: z.string(),
    action: z.string(),
    target: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .openapi('AuditEntry');
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditPage = z
  .object({ entries: z.array(auditEntry), next_before: count.nullable() })
  .openapi('AuditPage');
export type AuditPage = z.infer<typeof auditPage>;
