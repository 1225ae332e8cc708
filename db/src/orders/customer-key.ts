import { mailboxOf } from '@shopfast/kit/mailbox';

/** For the purchase limit, one mailbox is one customer. */
export const customerKey = (email: string): string => mailboxOf(email);
