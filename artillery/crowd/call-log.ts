import { present } from '@shopfast/kit/narrow';
/** Every request of the crowd in 16 bytes, so that hundreds of thousands can be stored and checked afterwards. */
export const KINDS = ['join', 'poll', 'claim', 'order', 'order_status', 'leave', 'return', 'look'] as const;
export type Kind = (typeof KINDS)[number];
/** ok: done; refused: an expected refusal; failed: an unexpected answer; unknown: no answer. */
export const OUTCOMES = ['ok', 'refused', 'failed', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Times in ms; `at` since the run's start: when the request was due, not when a connection was free. */
export type Call = { shopper: number; kind: Kind; outcome: Outcome; status: number; at: number; ms: number };

const RECORD = 16;

export class CallLog {
  #bytes = Buffer.alloc(1 << 20);
  #end = 0;

  add({ shopper, kind, outcome, status, at, ms }: Call): void {
    if (this.#end + RECORD > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], this.#end * 2);
    const bytes = this.#bytes;
    bytes.writeUInt32LE(shopper, this.#end);
    bytes.writeUInt8(KINDS.indexOf(kind), this.#end + 4);
    bytes.writeUInt8(OUTCOMES.indexOf(outcome), this.#end + 5);
    bytes.writeUInt16LE(status, this.#end + 6);
    bytes.writeUInt32LE(Math.max(0, Math.round(at * 100)), this.#end + 8);
    bytes.writeUInt32LE(Math.max(0, Math.round(ms * 100)), this.#end + 12);
    this.#end += RECORD;
  }

  toBytes(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }
}

export function readCalls(bytes: Buffer): Call[] {
  const calls: Call[] = [];
  for (let at = 0; at + RECORD <= bytes.length; at += RECORD)
    calls.push({
      shopper: bytes.readUInt32LE(at),
      kind: present(KINDS[bytes.readUInt8(at + 4)]),
      outcome: present(OUTCOMES[bytes.readUInt8(at + 5)]),
      status: bytes.readUInt16LE(at + 6),
      at: bytes.readUInt32LE(at + 8) / 100,
      ms: bytes.readUInt32LE(at + 12) / 100,
    });
  return calls;
}
