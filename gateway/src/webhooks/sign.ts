import { createHmac } from 'node:crypto';

/** `ShopFast-Signature`: HMAC-SHA-256 over time and body, so that an old message cannot be replayed as a new one. */
export function signWebhook(secret: string, body: string, nowMs: number): string {
  const time = Math.floor(nowMs / 1_000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
