import type { Family } from './case.ts';
import { documentedCalls } from './documents.ts';
import { accounts } from './families/accounts.ts';
import { codes } from './families/codes.ts';
import { framing } from './families/framing.ts';
import { orders } from './families/orders.ts';
import { pages } from './families/pages.ts';
import { proxy } from './families/proxy.ts';
import { roles } from './families/roles.ts';
import { slowClients } from './families/slow.ts';
import { text } from './families/text.ts';
import { tickets } from './families/tickets.ts';
import { tokens } from './families/tokens.ts';
import { webhooks } from './families/webhooks.ts';

const calls = await documentedCalls();

/** Every family, in the order of the list. */
export const FAMILIES: readonly Family[] = [
  tokens,
  tickets,
  codes,
  proxy,
  framing,
  orders,
  accounts,
  webhooks,
  roles(calls),
  text(calls),
  slowClients,
  pages(calls.map(({ path }) => path)),
];
