import type { SECRET_KINDS } from './secrets.ts';

const MAC = 'AbCdEfGhIjKlMnOpQrStUv';
const part = (document: object) => Buffer.from(JSON.stringify(document)).toString('base64url');

/** One realistic secret of each kind. A kind without an example does not compile. */
export const EXAMPLES: Record<keyof typeof SECRET_KINDS | 'reservation', string> = {
  tkt: `tkt_launch.1.a4.AbCdEfGhIjKl.s1.0.${MAC}`,
  ord: 'ord_0b8e7c1e-aaaa-bbbb-cccc-0123456789ab.c2lnbmF0dXJl',
  adm: 'adm_0123456789abcdef0123456789abcdef',
  acc: 'acc_0123456789abcdef0123456789abcdef',
  bnd: 'bnd_c2VjcmV0LW9mLWEtYnJvd3Nlcg',
  inv: `inv_launch.AbCdEfGhIjKl.1.0.${MAC}`,
  pri: `pri_launch.AbCdEfGhIjKl.1.0.${MAC}`,
  reh: `reh_${MAC}${MAC}`,
  rem: `rem_1.a4.AbCdEfGhIjKl.${MAC}`,
  sk: 'sk_test_0123456789abcdef',
  rk: 'rk_test_0123456789abcdef',
  whsec: 'whsec_0123456789abcdef',
  reservation: `${part({ alg: 'ES256', typ: 'reservation+jwt' })}.${part({ sub: 'x' })}.${MAC}`,
};
