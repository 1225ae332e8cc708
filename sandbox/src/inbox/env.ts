import { logLevel, port, readEnv } from '@shopfast/kit/env';
import { z } from 'zod';

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  /** Port of the inbox page and its API; 0 takes any free one. */
  PORT: port.default(8025),
  /** Port of the mail server; 0 takes any free one. */
  SMTP_PORT: port.default(1025),
  /** Keeps the mails for the next start. Unset: they are deleted at the end. */
  MAILBOX_FILE: z.string().optional(),
  LOG_LEVEL: logLevel,
});

/** @throws EnvironmentError that names every missing or wrong variable */
export const inboxEnv = (source?: NodeJS.ProcessEnv): z.output<typeof schema> => readEnv(schema, source);
