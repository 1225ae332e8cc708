import { answers, NO_KEY, problems } from '@shopfast/kit/api-document/describe';
import { challenge } from '@shopfast/kit/contracts/api';
import { roomParams } from '@shopfast/kit/contracts/rooms';
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
    const made = await deps.challenges.make(room, difficulty, deps.clock.now());
    return c.json(made, 200, { 'Cache-Control': 'no-store' });
  });
  return app;
}

/** Describes the call in the OpenAPI document. */
export function describeChallengeRoutes(api: ApiRegistry): void {
  api.registerPath({
    operationId: 'getChallenge',
    method: 'get',
    path: '/v1/rooms/{room}/challenge',
    tags: ['Tickets'],
    security: NO_KEY,
    summary: 'Get a proof-of-work challenge for a room that requires one',
    description: 'ALTCHA 2. `proof` of the join is base64 of `{challenge, solution}` in JSON.',
    request: { params: roomParams },
    responses: {
      200: answers('The challenge', challenge),
      ...problems('not_found', 'room_unknown', 'room_not_open', 'room_closed', 'rate_limited', 'unavailable'),
    },
  });
}
