import type { AdmissionDeps } from '../admission/deps.ts';
import type { CodeDeps } from '../codes/deps.ts';
import type { Meters } from '../meters.ts';
import type { ThemeDeps } from '../themes/deps.ts';
import type { TokenDeps } from '../tokens/deps.ts';
import type { Keyring } from '../tokens/keyring.ts';
import type { WebhookDeps } from '../webhooks/deps.ts';

/** The dependencies of the operators' calls, which reach every part. */
export type AdminDeps = AdmissionDeps &
  CodeDeps &
  TokenDeps &
  ThemeDeps &
  WebhookDeps & { keyring: Keyring; meters: Meters };
