import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { bindingHash, RESERVATION_TOKEN } from '@shopfast/kit/contracts/token';
import { type BotRun, shopperAt } from './bot.ts';
import { tryToOrder } from './order.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Sends tickets and reservation tokens that no gateway has signed. */
export async function forge(run: BotRun): Promise<void> {
  const { bot, address } = run;
  const ticket = `tkt_${randomBytes(48).toString('base64url')}`;
  const shopper = shopperAt(bot, address);
  run.tried(await shopper.status(ticket), 404, 'ticket_unknown');
  run.tried(await shopper.claim(ticket), 404, 'ticket_unknown');

  const binding = randomUUID();
  for (const token of [ticket, signedByOneself(bot.room, binding), unsigned(bot.room, binding)])
    run.tried(await tryToOrder(run, token, binding), 401, 'token_invalid');
  run.tried(await tryToOrder(run, undefined), 401, 'token_missing');
}

function signedByOneself(room: string, binding: string): string {
  const { alg, typ } = RESERVATION_TOKEN;
  const text = [{ alg, typ, kid: randomUUID() }, claimsFor(room, binding)].map(encode).join('.');
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

function unsigned(room: string, binding: string): string {
  const { typ } = RESERVATION_TOKEN;
  return `${[{ alg: 'none', typ }, claimsFor(room, binding)].map(encode).join('.')}.`;
}

function claimsFor(room: string, binding: string) {
  const now = Math.floor(Date.now() / 1_000);
  return {
    ...{
      iss: 'http://localhost:3000',
      aud: RESERVATION_TOKEN.audience,
      sub: randomUUID(),
      jti: randomUUID(),
    },
    ...{ room, number: 1, bnd: bindingHash(binding), iat: now, nbf: now, exp: now + 600 },
  };
}

export const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
