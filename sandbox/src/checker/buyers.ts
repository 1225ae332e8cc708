/** The requests of one holder of a reservation token, and the answers. */
export type BuyerLog = {
  jti: string;
  /** Cards that the payment service accepts, declines, or sends to the bank (where nobody confirms). */
  card: 'good' | 'declined' | 'unconfirmed';
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

/** The id of a reservation token, read without verifying the token. */
export function jtiOf(token: string): string {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { jti: string }).jti;
}
