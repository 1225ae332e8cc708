import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { createTransport } from 'nodemailer';

export type Mail = {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where the receiver stops such mails: by a page, or by one click in the mail program (RFC 8058). */
  stopUrl?: string;
};

export type Mailer = {
  /** Resolves when the server accepted the mail; throws in every other case. */
  send(mail: Mail): Promise<void>;
};

/**
 * A pool of SMTP connections. It never sends a mail again by itself: when an answer is lost, the job retries with the
 * same Message-ID.
 */
export function smtpMailer(options: {
  url: string;
  from: string;
  connections: number;
  /** Most mails per period and process. `mails: 0` means no limit. */
  rate?: { mails: number; seconds: number };
  lifecycle: Lifecycle;
}): Mailer {
  const transport = createTransport(
    {
      url: options.url,
      pool: true,
      maxConnections: options.connections,
      maxRequeues: 0,
      ...(options.rate ? { rateLimit: options.rate.mails, rateDelta: options.rate.seconds * 1_000 } : {}),
      connectionTimeout: 3_000,
      greetingTimeout: 5_000,
      socketTimeout: 10_000,
      dnsTimeout: 3_000,
      socketCloseTimeout: 1_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: options.from },
  );
  options.lifecycle.onClose('smtp', () => transport.close());
  return {
    send: async ({ to, stopUrl, ...mail }) => {
      const headers = stopUrl === undefined ? {} : stopHeaders(stopUrl);
      await transport.sendMail({ ...mail, headers, to: { name: '', address: to } });
    },
  };
}

/** Prepared, because folding or encoding would break a long address. */
const stopHeaders = (url: string) => ({
  'List-Unsubscribe': { prepared: true, value: `<${url}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/** The domain of a sender such as "ShopFast <orders@example.com>", for Message-IDs. */
export function domainOf(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
}
