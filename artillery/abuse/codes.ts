import { issuedCodes } from '@shopfast/kit/contracts/rooms';
import { makeRoom, QUICK } from './rooms.ts';
import { NotPrepared, type World } from './world.ts';

export type CodeRequest = {
  kind?: 'invite' | 'priority';
  count?: number;
  uses?: number;
  expires_at?: string | null;
  label?: string | null;
};

/** A code, and the id by which an operator withdraws it. */
export type IssuedCode = { code: string; id: string };

/** New codes of a room. */
export async function issueCodes(
  world: World,
  room: string,
  request: CodeRequest = {},
): Promise<IssuedCode[]> {
  const made = await world.operate('POST', `/rooms/${room}/codes`, { kind: 'invite', ...request });
  const { codes, ids } = issuedCodes.parse(made);
  return codes.map((code, at) => ({ code, id: ids[at] ?? '' }));
}

export async function issueCode(world: World, room: string, request: CodeRequest = {}): Promise<IssuedCode> {
  const [issued] = await issueCodes(world, room, request);
  if (!issued?.id) throw new NotPrepared('no code was made, or it has no id');
  return issued;
}

export const makeCode = async (world: World, room: string, request: CodeRequest = {}): Promise<string> =>
  (await issueCode(world, room, request)).code;

export const withdraw = (world: World, room: string, id: string) =>
  world.operate('DELETE', `/rooms/${room}/codes/${id}`);

/** An invite-only room. */
export const inviteRoom = (world: World) => world.once('invite room', () => ownInviteRoom(world));

export const ownInviteRoom = (world: World, settings: object = {}) =>
  makeRoom(world, `invite-${world.next()}`, { ...QUICK, invite_only: true, ...settings });

/** The last fields of a code, counted from its end; the fields before them are not fixed here. */
const FROM_END = { mac: -1, end: -2, uses: -3, id: -4 } as const;

export function withCodeField(name: keyof typeof FROM_END, value: (old: string) => string) {
  return (code: string): string => {
    const all = code.split('.');
    const at = all.length + FROM_END[name];
    all[at] = value(all[at] ?? '');
    return all.join('.');
  };
}
