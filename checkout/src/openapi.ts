/** The head of `/openapi.json`. */
export const API_HEAD = { openapi: '3.1.0', info: { title: 'ShopFast checkout', version: '1.0.0' } } as const;
