import {
  createContext,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';

export type Navigation = { path: string; go(path: string, options?: { replace: boolean }): void };

const Context = createContext<Navigation | null>(null);

/** Follows the address bar; `go` changes it without a page load. */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback((to: string, options?: { replace: boolean }) => {
    history[options?.replace ? 'replaceState' : 'pushState'](null, '', to);
    scrollTo(0, 0);
    setPath(location.pathname);
  }, []);
  const value = useMemo(() => ({ path, go }), [path, go]);
  return <Context value={value}>{children}</Context>;
}

export function usePath(): Navigation {
  const value = useContext(Context);
  if (!value) throw new Error('Outside of NavigationProvider');
  return value;
}

type LinkProps = { to: string; className?: string; current?: boolean; children: ReactNode };

/** A link inside the application. Clicks with a modifier key are left to the browser. */
export function Link({ to, className, current, children }: LinkProps) {
  const { go } = usePath();
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} className={className} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
