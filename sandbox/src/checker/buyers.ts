/** What one holder of a reservation token asked for and was told. */
export type BuyerLog = {
  jti: string;
  /** Cards that the payment service takes, refuses, or asks its owner about (who never answers). */
  card: 'good' | 'declined' | 'unconfirmed';
  /** The order of each 202. */
  accepted: string[];
  /** The code of each answer that said no for good. */
  refused: string[];
  /** Requests that got no answer, or one that leaves it open (5xx): the order may exist or not. */
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

/** The id of a reservation token, read from it without checking anything. */
export function jtiOf(token: string): string {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { jti: string }).jti;
}
