import type { StockSignal } from '@shopfast/kit/contracts/api';

const TIMEOUT_MS = 3_000;

/** The calls of the gateway's admin API that the workers use. Any answer not named here throws. */
export type GatewayAdmin = {
  /** "stale": the gateway has newer figures. "room_unknown": the sale has no waiting room there. */
  putRemaining(room: string, figures: StockSignal): Promise<'taken' | 'stale' | 'room_unknown'>;
  /** Frees the slot of a reservation token. A free slot stays free. */
  freeSlot(room: string, jti: string): Promise<void>;
};

/** @param key an admin key of the gateway (`adm_…`) with the role operator */
export function gatewayAdmin(baseUrl: string, key: string): GatewayAdmin {
  const call = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; code: string }> => {
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return { status: response.status, code: response.ok ? '' : codeOf(text) };
  };
  const room = (id: string) => `/v1/admin/rooms/${encodeURIComponent(id)}`;

  return {
    putRemaining: async (id, figures) => {
      const { status, code } = await call('PUT', `${room(id)}/remaining`, figures);
      if (status >= 200 && status < 300) return 'taken';
      if (status === 409 && code === 'stale_version') return 'stale';
      if (status === 404 && code === 'room_unknown') return 'room_unknown';
      throw new Error(`the gateway answered ${status} ${code} to the stock signal of room ${id}`);
    },
    freeSlot: async (id, jti) => {
      const { status, code } = await call('DELETE', `${room(id)}/active/${encodeURIComponent(jti)}`);
      if ((status >= 200 && status < 300) || status === 404) return;
      throw new Error(`the gateway answered ${status} ${code} to the release of a slot in room ${id}`);
    },
  };
}

function codeOf(body: string): string {
  try {
    const { code }: { code?: unknown } = JSON.parse(body);
    return typeof code === 'string' ? code : '';
  } catch {
    return '';
  }
}
