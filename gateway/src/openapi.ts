import type { OpenAPIHono } from '@hono/zod-openapi';

/** The registry for calls that are not made with `createRoute`. */
export type ApiRegistry = OpenAPIHono['openAPIRegistry'];

/** The head of `/openapi.json`. */
export const API_DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'ShopFast gateway',
    version: '1.0.0',
    description: 'Joining and waiting in a room, claiming a reservation token, and controlling the rooms.',
  },
} as const;
