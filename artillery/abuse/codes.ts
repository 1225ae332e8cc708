import { makeRoom, QUICK } from './rooms.ts';
import { NotPrepared, type World } from './world.ts';

export type CodeWish = {
  kind?: 'invite' | 'priority';
  count?: number;
  uses?: number;
  expires_at?: string | null;
  label?: string | null;
};

/** A code, and the id by which an operator withdraws it. */
export type IssuedCode = { code: string; id: string };

/** New codes of a room. */
export async function issueCodes(world: World, room: string, wish: CodeWish = {}): Promise<IssuedCode[]> {
  const made = await world.operate('POST', `/rooms/${room}/codes`, { kind: 'invite', ...wish });
  const { codes = [], ids = [] } = made as { codes?: string[]; ids?: string[] };
  return codes.map((code, at) => ({ code, id: ids[at] ?? '' }));
}

export async function issueCode(world: World, room: string, wish: CodeWish = {}): Promise<IssuedCode> {
  const [issued] = await issueCodes(world, room, wish);
  if (!issued?.id) throw new NotPrepared('no code was made, or it has no id');
  return issued;
}

export const makeCode = async (world: World, room: string, wish: CodeWish = {}): Promise<string> =>
  (await issueCode(world, room, wish)).code;

export const withdraw = (world: World, room: string, id: string) =>
  world.operate('DELETE', `/rooms/${room}/codes/${id}`);

/** A room for invited guests. */
export const inviteRoom = (world: World) => world.once('invite room', () => ownInviteRoom(world));

export const ownInviteRoom = (world: World, settings: object = {}) =>
  makeRoom(world, `invite-${world.next()}`, { ...QUICK, invite_only: true, ...settings });

/** What a code ends with, counted from its end: earlier fields are not fixed here. */
const FROM_END = { mac: -1, end: -2, uses: -3, id: -4 } as const;

export function withCodeField(name: keyof typeof FROM_END, value: (old: string) => string) {
  return (code: string): string => {
    const all = code.split('.');
    const at = all.length + FROM_END[name];
    all[at] = value(all[at] as string);
    return all.join('.');
  };
}
