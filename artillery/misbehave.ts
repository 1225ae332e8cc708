import type { FaultSettings as InboxFaults } from '@shopfast/sandbox/inbox/faults';
import type { FaultSettings as StripeFaults } from '@shopfast/sandbox/stripe/control';

/** Sets the faults of the payment service; null clears them. */
export const setPayment = (
  { urls }: { urls: { stripe: string } },
  faults: Partial<StripeFaults> | null,
): Promise<void> => set(`${urls.stripe}/_control`, faults);

/** Sets the faults of the mail server; null clears them. */
export const setMail = (
  { urls }: { urls: { inbox: string } },
  faults: Partial<InboxFaults> | null,
): Promise<void> => set(`${urls.inbox}/api/faults`, faults);

async function set(url: string, faults: object | null): Promise<void> {
  const change = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(faults) };
  const answer = await fetch(url, faults === null ? { method: 'DELETE' } : { method: 'POST', ...change });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
}
