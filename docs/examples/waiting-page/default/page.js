// A waiting page of your own, on nothing but the API of docs/api.md. The ticket travels as a cookie that scripts cannot read.
const { room } = document.body.dataset;
const tickets = `/v1/rooms/${room}/tickets`;
const at = (id) => document.getElementById(id);

const STATES = {
  lobby: 'You are early. The line opens soon.',
  waiting: 'You are in line. Keep this page open.',
  called: 'It is your turn.',
  completed: 'Your order is placed. Thank you.',
  expired: 'Your place has ended. Load the page again to join.',
  left: 'You have left the line.',
  revoked: 'The shop has withdrawn this place.',
};
const REFUSALS = {
  room_not_open: 'Not open yet. This page tries again by itself.',
  sold_out: 'Sold out.',
  room_closed: 'This sale is over.',
  room_unknown: 'There is no such waiting room.',
};
const OVER = ['completed', 'expired', 'left', 'revoked'];
const FINAL_REFUSALS = ['sold_out', 'room_closed', 'room_unknown', 'ticket_expired', 'ticket_unknown'];
let failures = 0;
let timer;

/** One question; a failure of the network is an answer, too. */
async function ask(method, path, body) {
  try {
    const answer = await fetch(path, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    const document = answer.status === 204 ? {} : await answer.json();
    const seconds = Number(answer.headers.get('retry-after')) || 5;
    return { ok: answer.ok, document, retryMs: seconds * 1_000 };
  } catch {
    return { ok: false, document: { code: 'unreachable' }, retryMs: 5_000 };
  }
}

function show({ state, ahead, message, room_state }) {
  const isPaused = state === 'waiting' && room_state === 'paused';
  at('state').textContent = isPaused ? 'A short pause. You keep your place.' : (STATES[state] ?? state);
  at('ahead').textContent = state === 'waiting' ? `${ahead} ahead of you` : '';
  at('message').textContent = message ?? '';
  at('claim').hidden = state !== 'called';
  at('leave').hidden = OVER.includes(state);
}

async function claim() {
  at('claim').disabled = true;
  const { ok, document: claimed, retryMs } = await ask('POST', `${tickets}/me/claim`);
  at('claim').disabled = false;
  if (!ok) return later(retryMs, 'GET', `${tickets}/me`);
  // In the fragment it reaches the shop's page and no server log.
  const shop = new URL(claimed.checkout_url, location.href);
  shop.hash = new URLSearchParams({ reservation_token: claimed.reservation_token }).toString();
  location.replace(shop);
}

/** Asks, shows, and asks again after `poll_after_ms`, which limits the crowd to what the gateway can handle. */
async function step(method, path) {
  const {
    ok,
    document: ticket,
    retryMs,
  } = await ask(method, path, method === 'POST' ? { locale: 'en' } : undefined);
  if (!ok) {
    const { code, title } = ticket;
    at('state').textContent = REFUSALS[code] ?? title ?? 'We are holding your place.';
    if (FINAL_REFUSALS.includes(code)) return;
    // The same question again, later each time, and spread: a crowd that failed together must not return together.
    failures += 1;
    return later(Math.min(30_000, retryMs * 2 ** (failures - 1)) * (1 + Math.random() / 2), method, path);
  }
  failures = 0;
  show(ticket);
  if (OVER.includes(ticket.state)) return;
  if (ticket.state === 'called' || ticket.state === 'admitted') return void claim();
  later(ticket.poll_after_ms, 'GET', `${tickets}/me`);
}

function later(ms, method, path) {
  timer = setTimeout(step, ms, method, path);
}

at('claim').addEventListener('click', claim);
at('leave').addEventListener('click', async () => {
  const { ok } = await ask('DELETE', `${tickets}/me`);
  if (!ok) return;
  clearTimeout(timer);
  show({ state: 'left' });
});
step('POST', tickets);
