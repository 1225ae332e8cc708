import { z } from '@hono/zod-openapi';
import { Problem } from '@shopfast/kit/errors';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { ApiRegistry } from '../openapi.ts';
import { refuseUnlessJoinable } from '../rooms/joinable.ts';
import { visibleRoom } from '../rooms/visible.ts';
import type { ChallengeDeps } from './deps.ts';
import { difficultyAt } from './difficulty.ts';

/** `GET /v1/rooms/{room}/challenge`: the challenge to solve before joining a room with `challenge: pow`. No Redis. */
export function challengeRoutes(deps: ChallengeDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/v1/rooms/:room/challenge', async (c) => {
    const room = visibleRoom(deps, c.req.param('room'), c);
    if (room.settings.challenge !== 'pow')
      throw new Problem('not_found', {
        detail: 'This room does not require a proof of work: join without one.',
      });
    refuseUnlessJoinable(room);
    await deps.limits.challenge(c);
    const difficulty = difficultyAt(room.joinRate);
    const challenge = await deps.challenges.make(room, difficulty, deps.clock.now());
    return c.json(challenge, 200, { 'Cache-Control': 'no-store' });
  });
  return app;
}

const challengeDocument = z.object({
  parameters: z.object({
    algorithm: z.literal('PBKDF2/SHA-256'),
    /** Rounds of one derivation. */
    cost: z.int(),
    data: z.object({ room: z.string(), epoch: z.int() }),
    /** Unix seconds. */
    expiresAt: z.int(),
    keyLength: z.int(),
    keyPrefix: z.string(),
    keySignature: z.string(),
    nonce: z.string(),
    salt: z.string(),
  }),
  signature: z.string(),
});

/** Describes the call in the OpenAPI document. */
export function describeChallengeRoutes(api: ApiRegistry): void {
  api.registerPath({
    method: 'get',
    path: '/v1/rooms/{room}/challenge',
    tags: ['Tickets'],
    summary:
      'A proof-of-work challenge (ALTCHA 2) for a room that requires one; `proof` of the join is base64 of {challenge, solution}',
    request: { params: z.object({ room: z.string() }) },
    responses: {
      200: {
        description: 'The challenge',
        content: { 'application/json': { schema: challengeDocument } },
      },
    },
  });
}
