import type {
  GuestOrders,
  Me,
  MeChange,
  OwnOrders,
  Profile,
  SessionList,
  SignIn,
  SignUp,
} from '@shopfast/kit/contracts/accounts';
import { type Answer, ask } from '../api/ask.ts';
import type { ServerClock } from '../api/server-clock.ts';

/** Only the profile call returns `addresses`; signing in does not. */
export type SignedIn = Profile & Partial<Pick<Me, 'addresses'>>;

/** The checkout's account calls; the session is sent as HttpOnly cookies. */
export type AccountCalls = {
  me(): Promise<Answer<Me>>;
  signUp(given: SignUp): Promise<Answer<unknown>>;
  signIn(given: SignIn): Promise<Answer<Profile>>;
  verify(given: { token: string; password: string }): Promise<Answer<Profile>>;
  requestReset(given: { email: string }): Promise<Answer<unknown>>;
  reset(given: { token: string; password: string }): Promise<Answer<unknown>>;
  signOut(): Promise<Answer<unknown>>;
  changeMe(given: MeChange): Promise<Answer<Me>>;
  sessions(): Promise<Answer<SessionList>>;
  endSession(id: string): Promise<Answer<unknown>>;
  endOtherSessions(): Promise<Answer<unknown>>;
  erase(given: { password: string }): Promise<Answer<unknown>>;
  orders(before: string | null): Promise<Answer<OwnOrders>>;
  guestOrders(): Promise<Answer<GuestOrders>>;
  answerForGuestOrders(does: 'adopt' | 'disown', orderIds: string[]): Promise<Answer<unknown>>;
};

const GUEST_ORDERS = '/v1/me/guest-orders';
const SESSIONS = '/v1/me/sessions';

export function accountCalls(clock: ServerClock): AccountCalls {
  const auth = <T>(path: string, body?: object): Promise<Answer<T>> =>
    ask(clock, `/v1/auth/${path}`, { method: 'POST', ...(body ? { body } : {}) });
  return {
    me: () => ask(clock, '/v1/me'),
    signUp: (given) => auth('sign-up', given),
    signIn: (given) => auth('sign-in', given),
    verify: (given) => auth('verify-email', given),
    requestReset: (given) => auth('request-password-reset', given),
    reset: (given) => auth('reset-password', given),
    signOut: () => auth('sign-out'),
    changeMe: (body) => ask(clock, '/v1/me', { method: 'PATCH', body }),
    sessions: () => ask(clock, SESSIONS),
    endSession: (id) => ask(clock, `${SESSIONS}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    endOtherSessions: () => ask(clock, SESSIONS, { method: 'DELETE' }),
    erase: (body) => ask(clock, '/v1/me', { method: 'DELETE', body }),
    orders: (before) => ask(clock, `/v1/me/orders${before ? `?before=${encodeURIComponent(before)}` : ''}`),
    guestOrders: () => ask(clock, GUEST_ORDERS),
    answerForGuestOrders: (does, order_ids) =>
      ask(clock, `${GUEST_ORDERS}/${does}`, { method: 'POST', body: { order_ids } }),
  };
}

const TOKEN = 'token';

/**
 * Takes the secret of a mailed link out of an address's fragment.
 * @returns the secret, or null, and the fragment without it
 */
export function takeLinkToken(hash: string): { token: string | null; rest: string } {
  const fragment = new URLSearchParams(hash.replace(/^#/, ''));
  const token = fragment.get(TOKEN);
  if (!token?.startsWith('acc_')) return { token: null, rest: hash };
  fragment.delete(TOKEN);
  const rest = fragment.toString();
  return { token, rest: rest ? `#${rest}` : '' };
}
