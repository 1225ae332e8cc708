import type { System } from '@shopfast/sandbox/system/system';

export type Operator = ReturnType<typeof operatorOf>;

/** Admin API calls on the test system. @throws if one is refused */
export function operatorOf(system: System) {
  const call = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${system.urls.gateway}/v1/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? {} : answer.json();
  };
  return {
    call,
    addProduct: (product: { id: string; stock: number } & Record<string, unknown>) =>
      call('POST', '/products', { name: product.id, currency: 'EUR', price: 4_900, ...product }),
    openRoom: async (id: string, settings: object = {}) => {
      await call('POST', '/rooms', { id, ...settings });
      await call('POST', `/rooms/${id}/open`);
    },
  };
}
