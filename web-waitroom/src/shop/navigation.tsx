import { useMemo } from 'react';
import { type Navigation, usePath } from '../navigation.tsx';
import { type Route, routeOf } from './routes.ts';

export { Link, NavigationProvider } from '../navigation.tsx';

/** The current page, and a function to go to another. */
export function useNavigation(): Navigation & { route: Route } {
  const navigation = usePath();
  return useMemo(() => ({ ...navigation, route: routeOf(navigation.path) }), [navigation]);
}
