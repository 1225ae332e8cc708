/** Speaks through a polite live region: a new view at once, new figures of the same view at most every 30 s. */
export type Announcer = (kind: string, said: string) => void;

const QUIET_MS = 30_000;

export function createAnnouncer(region: Element, now: () => number): Announcer {
  let spokenKind = '';
  let spoken = '';
  let spokenAt = 0;
  return (kind, said) => {
    if (said === spoken || (kind === spokenKind && now() - spokenAt < QUIET_MS)) return;
    spokenKind = kind;
    spoken = said;
    spokenAt = now();
    region.textContent = said;
  };
}
