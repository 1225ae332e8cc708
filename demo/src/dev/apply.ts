import { migrate } from '@shopfast/db/migrate';
import { messageOf } from '@shopfast/kit/thrown';
import type { ManagedProcess } from '@shopfast/sandbox/system/processes';
import type { ServiceName, System } from '@shopfast/sandbox/system/system';
import { type Effect, merged, type PageName, serverOf } from './changes.ts';
import type { Gallery } from './gallery.ts';
import type { Reload } from './reload.ts';

export type ApplierOptions = {
  reload: Reload;
  gallery: Pick<Gallery, 'outdate'>;
  say: (line: string) => void;
  build: (pages: string[]) => Promise<void>;
};

export type Applier = {
  /** Applies later changes to this system. */
  use(system: System): void;
  /** Applies a change of some files, after the earlier changes. */
  apply(files: string[], effect: Effect): void;
  /** A service ended unexpectedly. */
  died(name: string, detail: string): void;
  /** Resolves when the gateway can take requests: undefined, or the reason why it cannot. */
  whenUp(): Promise<string | undefined>;
  /** Resolves when no change is in progress; later changes are ignored. */
  settled(): Promise<void>;
};

/** Applies source changes to a running system, one after another. Changes that come in the meantime are merged. */
export function createApplier({ reload, gallery, say, build }: ApplierOptions): Applier {
  const starting = Promise.withResolvers<undefined>();
  let gateway: Promise<string | undefined> = starting.promise;
  let system: System | undefined;
  let waiting: { files: string[]; effect: Effect } | undefined;
  let running = Promise.resolve();
  let ended = false;

  async function applyWaiting(): Promise<void> {
    const next = waiting;
    waiting = undefined;
    if (!next || !system || ended) return;
    const { effect } = next;
    const began = performance.now();
    say(`· changed: ${listed(next.files)}`);
    if (effect.self) say('! The development system itself changed: end it and start it again to use that.');
    const restarting = new Set(effect.restart);
    try {
      if (effect.migrate) await migrate(system.databaseUrl);
      await buildPages(effect.build);
      for (const page of effect.build) restarting.add(serverOf(page));
    } catch (error) {
      if (!ended) say(`! ${messageOf(error)}`);
    }
    if (ended) return;
    const { processes } = system;
    await Promise.all([...restarting].map((name) => restart(processes[name], name)));
    if (effect.gallery) gallery.outdate();
    if (effect.gallery || restarting.has('gateway') || restarting.has('checkout')) reload.everywhere();
    say(`· done in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  }

  async function buildPages(pages: Set<PageName>): Promise<void> {
    if (pages.size === 0) return;
    say(`· building ${[...pages].join(', ')}`);
    await build([...pages]);
  }

  async function restart(service: ManagedProcess, name: ServiceName): Promise<void> {
    say(`· restarting ${name}`);
    const restarted = service.restart().then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (name === 'gateway') gateway = restarted;
    const problem = await restarted;
    if (problem !== undefined) say(`! ${problem}\n  The next change starts it again.`);
  }

  return {
    use: (started) => {
      system = started;
      starting.resolve(undefined);
    },
    apply: (files, effect) => {
      waiting = waiting
        ? { files: [...waiting.files, ...files], effect: merged(waiting.effect, effect) }
        : { files, effect };
      running = running.then(applyWaiting);
    },
    died: (name, detail) => {
      say(`! ${name} ended unexpectedly: ${detail}`);
      if (name === 'gateway') gateway = Promise.resolve(detail);
    },
    whenUp: () => gateway,
    settled: () => {
      ended = true;
      return running;
    },
  };
}

const SHOWN = 3;

function listed(files: string[]): string {
  const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more` : '';
  return `${files.slice(0, SHOWN).join(', ')}${more}`;
}
