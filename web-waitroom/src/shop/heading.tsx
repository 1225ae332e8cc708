import { useEffect } from 'react';
import { useAppContext } from './app-context.tsx';

/** A page's heading. It also sets the tab's title. */
export function Heading({ children }: { children: string }) {
  const { t } = useAppContext();
  useEffect(() => {
    document.title = t('page.titled', { page: children });
  }, [children, t]);
  return <h1>{children}</h1>;
}
