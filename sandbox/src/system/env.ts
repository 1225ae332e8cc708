import { publicUrl, readEnv } from '@shopfast/kit/env';
import { z } from 'zod';

/** Real services named by the environment; the sandbox plays the others. */
export type GivenServices = {
  publicUrl?: string;
  /** Peers whose `X-Forwarded-For` the gateway trusts. Default: none. */
  trustedProxies?: string;
  smtp?: { url: string; from: string };
  stripe?: { secretKey: string; webhookSecret: string; publishableKey?: string };
};

const schema = z
  .object({
    PUBLIC_URL: publicUrl.optional(),
    TRUSTED_PROXIES: z.string().optional(),
    SMTP_URL: z.url().optional(),
    MAIL_FROM: z.string().optional(),
    STRIPE_SECRET_KEY: z.string().optional(),
    STRIPE_WEBHOOK_SECRET: z.string().optional(),
    STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  })
  .refine((env) => !env.SMTP_URL || env.MAIL_FROM, {
    path: ['MAIL_FROM'],
    error: 'is required with SMTP_URL: the sender of mails',
  })
  .refine((env) => !env.STRIPE_SECRET_KEY || env.STRIPE_WEBHOOK_SECRET, {
    path: ['STRIPE_WEBHOOK_SECRET'],
    error: 'is required with STRIPE_SECRET_KEY: the signing secret of your webhook endpoint',
  });

/** @throws EnvironmentError that names every missing or wrong variable */
export function readGivenServices(source?: NodeJS.ProcessEnv): GivenServices {
  const env = readEnv(schema, source);
  return {
    ...(env.PUBLIC_URL ? { publicUrl: env.PUBLIC_URL } : {}),
    ...(env.TRUSTED_PROXIES === undefined ? {} : { trustedProxies: env.TRUSTED_PROXIES }),
    ...(env.SMTP_URL && env.MAIL_FROM ? { smtp: { url: env.SMTP_URL, from: env.MAIL_FROM } } : {}),
    ...(env.STRIPE_SECRET_KEY && env.STRIPE_WEBHOOK_SECRET
      ? {
          stripe: {
            ...{ secretKey: env.STRIPE_SECRET_KEY, webhookSecret: env.STRIPE_WEBHOOK_SECRET },
            ...(env.STRIPE_PUBLISHABLE_KEY ? { publishableKey: env.STRIPE_PUBLISHABLE_KEY } : {}),
          },
        }
      : {}),
  };
}
