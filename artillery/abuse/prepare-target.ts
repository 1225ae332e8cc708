import { OptionsError } from '../options-error.ts';
import { codeOf, jsonOf } from './answer.ts';
import { send } from './http-client.ts';
import type { AbuseOptions } from './options.ts';
import type { Gate, Target, World } from './world.ts';

/**
 * A running installation as the options describe it. @throws OptionsError if it does not answer, or the key is wrong
 */
export async function knownTarget(options: AbuseOptions, origin: URL): Promise<Target> {
  const health = await send(origin, { path: '/healthz', patienceMs: 5_000 });
  if (health.status !== 200)
    throw new OptionsError(
      `No gateway answers at ${origin.origin}/healthz (${health.status || health.text}).`,
    );
  if (options.adminKey) await checkKey(origin, options.adminKey);
  const gate = await findGate(origin, options.gate ?? '/shop');
  if (options.gate && !gate)
    throw new OptionsError(`--gate: ${options.gate} does not answer as a path behind a waiting room.`);
  return {
    origin,
    shop: origin.origin,
    ...(options.adminKey ? { adminKey: options.adminKey } : {}),
    ...(options.webhookSecret ? { webhookSecret: options.webhookSecret } : {}),
    ...(options.inbox ? { inbox: options.inbox } : {}),
    ...(gate ? { gate } : {}),
  };
}

async function checkKey(origin: URL, key: string): Promise<void> {
  const answer = await send(origin, { path: '/v1/admin/me', headers: { authorization: `Bearer ${key}` } });
  const { role } = jsonOf(answer);
  if (answer.status !== 200)
    throw new OptionsError(`--admin-key: the target answers ${codeOf(answer) ?? answer.status}.`);
  if (role !== 'owner')
    throw new OptionsError(`--admin-key: an owner's key is needed; this one is a ${role}'s.`);
}

async function findGate(origin: URL, path: string): Promise<Gate | undefined> {
  const answer = await send(origin, { path: `${path}/abuse-probe`, headers: { accept: 'application/json' } });
  const { room } = jsonOf(answer);
  return codeOf(answer) === 'queue_required' && typeof room === 'string' ? { path, room } : undefined;
}

/** Whether one process can act as several clients: Linux accepts every 127.x.x.x, others only 127.0.0.1. */
export async function trySeveralAddresses(world: World): Promise<void> {
  const { origin } = world.target;
  if (!['localhost', '127.0.0.1'].includes(origin.hostname)) return;
  const answer = await send(origin, { path: '/healthz', from: '127.64.0.1', patienceMs: 3_000 });
  world.severalAddresses = answer.status === 200;
}
