import { type RefObject, useEffect, useRef } from 'react';

/** A page that came by a link inside takes the focus, as a loaded one would. @returns for the page's `main` */
export function useFocusOnMove(path: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return main;
}
