import { isLoopback } from './target.ts';

/** An admin key from the environment, where no list of processes shows it. */
export const adminKeyAround = (): string | undefined => process.env.ADMIN_KEY || undefined;

/** The environment of artillery. */
export function environmentFor(target: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ARTILLERY_DISABLE_TELEMETRY: 'true',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
  delete env.ADMIN_KEY;
  if (isLoopback(new URL(target).hostname)) {
    // Artillery uses these proxies and ignores NO_PROXY.
    delete env.HTTP_PROXY;
    delete env.HTTPS_PROXY;
  }
  return env;
}
