import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';

/** What a mail is sent for: an order reaches each of its states once, so each template goes out once per order. */
export const emailCause = (orderId: string, template: EmailTemplate) => `${template}:${orderId}`;
