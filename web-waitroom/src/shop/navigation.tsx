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
import { type Route, routeOf } from './routes.ts';

type Navigation = { path: string; route: Route; go(path: string, options?: { replace: boolean }): void };

const Context = createContext<Navigation | null>(null);

/** Follows the address bar; `go` changes it without loading the page anew. */
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
  const value = useMemo(() => ({ path, route: routeOf(path), go }), [path, go]);
  return <Context value={value}>{children}</Context>;
}

export function useNavigation(): Navigation {
  const value = useContext(Context);
  if (!value) throw new Error('Outside of NavigationProvider');
  return value;
}

/** A link inside the shop. A click with a modifier stays the browser's. */
export function Link({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const { go } = useNavigation();
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} className={className} onClick={follow}>
      {children}
    </a>
  );
}
