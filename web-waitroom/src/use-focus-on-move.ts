import { type RefObject, useEffect, useRef } from 'react';

/** Moves the focus to the new page after an internal link, as a page load would. @returns for the page's `main` */
export function useFocusOnMove(path: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return main;
}
