import { buffer } from 'node:stream/consumers';
import type { Clock } from '@shopfast/kit/clock';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { portOf } from '@shopfast/kit/port-of';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Faults } from './faults.ts';
import type { Mailbox, Message } from './mailbox.ts';

const MAX_MAIL_BYTES = 10 * 1024 * 1024;

export type SmtpOptions = {
  host: string;
  /** 0: any free port. */
  port: number;
  mailbox: Mailbox;
  faults: Faults;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
};

/**
 * A mail server: no TLS, accepts any name and password, and stores every mail in the mailbox.
 * @returns the port in use
 */
export async function listenForMail(options: SmtpOptions): Promise<number> {
  const { faults, mailbox, clock, log } = options;
  const server = new SMTPServer({
    name: 'inbox.localhost',
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    hideSMTPUTF8: false,
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: 500,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onConnect: (_session, done) => void answer(faults.atTheDoor(), done),
    onMailFrom: (_address, _session, done) => void answer(faults.atTheDoor(), done),
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
      const keep = async () => {
        const raw = await buffer(stream); // Read to the end in any case: the client waits for it before it reads the answer.
        await faults.atAMail();
        const message = mailbox.add(await readMail(raw, recipients, clock));
        log.debug({ to: message.to, subject: message.subject }, 'mail');
        if (faults.losesAnswer()) cut(session.id);
      };
      void answer(keep(), done);
    },
  });
  const cut = (sessionId: string) => {
    for (const connection of server.connections)
      if (connection.id === sessionId) connection._socket?.destroy();
  };
  // Broken connections are normal for a mail server, and the fault tests cause them.
  server.on('error', (err) => log.debug({ err }, 'smtp connection'));

  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  options.lifecycle.onClose('smtp server', () => new Promise<void>((resolve) => server.close(resolve)));
  return portOf(server.server);
}

async function answer(work: Promise<void>, done: (error?: Error | null) => void): Promise<void> {
  await work.then(
    () => done(),
    (error: Error) => done(error),
  );
}

async function readMail(raw: Buffer, to: string[], clock: Clock): Promise<Omit<Message, 'id'>> {
  const mail = await PostalMime.parse(raw);
  return {
    message_id: mail.messageId ?? null,
    from: mail.from?.address ?? '',
    to,
    subject: mail.subject ?? '',
    received_at: new Date(clock.now()).toISOString(),
    text: mail.text ?? '',
    html: mail.html ?? null,
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  };
}
