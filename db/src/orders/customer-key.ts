import { mailboxOf } from '@shopfast/kit/mailbox';

/** Who counts as one customer for the purchase limit: a mailbox. */
export const customerKey = (email: string): string => mailboxOf(email);
