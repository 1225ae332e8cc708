import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';

/** The cause of a mail. An order reaches each of its states once, so each template is sent once per order. */
export const emailCause = (orderId: string, template: EmailTemplate) => `${template}:${orderId}`;
