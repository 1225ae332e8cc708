import type { ReactElement } from 'react';
import { matchRoutes, useLocation, useRoutes } from 'react-router';

/** A page of an application: its name, and the pattern of its addresses, such as `/shop/products/:id`. */
export type PageRoute = { readonly id: string; readonly path: string };

/** The page at an address, with the parts of the address that the pattern names. An unknown address is `not_found`. */
export function pageAt<Id extends string>(
  routes: readonly { readonly id: Id; readonly path: string }[],
  pathname: string,
): { id: Id | 'not_found'; params: Record<string, string | undefined> } {
  const match = matchRoutes(strict(routes), pathname)?.at(-1);
  const page = routes.find(({ id }) => id === match?.route.id);
  return match && page ? { id: page.id, params: match.params } : { id: 'not_found', params: {} };
}

/** The current page: its name, and what to show. */
export function usePage<Id extends string>(
  routes: readonly { readonly id: Id; readonly path: string }[],
  elements: Record<Id | 'not_found', ReactElement>,
): { id: Id | 'not_found'; element: ReactElement | null } {
  const { pathname } = useLocation();
  const element = useRoutes([
    ...strict(routes).map((route) => ({ ...route, element: elements[route.id] })),
    { id: 'not_found', path: '*', element: elements.not_found },
  ]);
  return { id: pageAt(routes, pathname).id, element };
}

const strict = <Route extends PageRoute>(routes: readonly Route[]) =>
  routes.map(({ id, path }): { id: Route['id']; path: string; caseSensitive: true } => ({
    ...{ id, path, caseSensitive: true },
  }));
