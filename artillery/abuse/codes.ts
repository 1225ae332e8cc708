import { makeRoom, QUICK } from './rooms.ts';
import { NotPrepared, type World } from './world.ts';

export type CodeRequest = {
  kind?: 'invite' | 'priority';
  count?: number;
  uses?: number;
  expires_at?: string | null;
  label?: string | null;
};

/** New codes of a room. */
export async function makeCodes(world: World, room: string, request: CodeRequest = {}): Promise<string[]> {
  const { codes } = await world.operate('POST', `/rooms/${room}/codes`, { kind: 'invite', ...request });
  return codes as string[];
}

export async function makeCode(world: World, room: string, request: CodeRequest = {}): Promise<string> {
  const [code] = await makeCodes(world, room, request);
  if (!code) throw new NotPrepared('no code was made');
  return code;
}

/** An invite-only room. */
export const inviteRoom = (world: World) => world.once('invite room', () => ownInviteRoom(world));

export const ownInviteRoom = (world: World, settings: object = {}) =>
  makeRoom(world, `invite-${world.next()}`, { ...QUICK, invite_only: true, ...settings });

/** The fields: prefix and room, id, uses, end, mac. */
export function withCodeField(at: number, value: (old: string) => string) {
  return (code: string): string => {
    const all = code.split('.');
    all[at] = value(all[at] as string);
    return all.join('.');
  };
}
