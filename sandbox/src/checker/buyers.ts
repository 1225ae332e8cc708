import { z } from 'zod';
import type { CARDS } from '../shopper/calls.ts';

/** The requests of one holder of a reservation token, and the answers. */
export type BuyerLog = {
  jti: string;
  card: keyof typeof CARDS;
  /** The order of each 202. */
  accepted: string[];
  /** The code of each final refusal. */
  refused: string[];
  /** Requests without an answer, or with a 5xx: the order may or may not exist. */
  unknown: number;
  /** A request to cancel was answered with 200. */
  cancelled: boolean;
};

export const newBuyerLog = (jti: string, card: BuyerLog['card']): BuyerLog => ({
  jti,
  card,
  accepted: [],
  refused: [],
  unknown: 0,
  cancelled: false,
});

const claimsWithId = z.object({ jti: z.string() });

/** The id of a reservation token, read without verifying the token. */
export function jtiOf(token: string): string {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return claimsWithId.parse(JSON.parse(payload)).jti;
}
