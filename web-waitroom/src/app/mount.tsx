import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { type Titled, TitleProvider } from './heading.tsx';

/**
 * Shows an application in the page's document, with what both have: the cache of answers, the router, and the tab's
 * title.
 * @param titled makes the tab's title from a page's heading
 */
export function mountApp(titled: Titled, application: ReactNode): void {
  // Every page's document has it.
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <BrowserRouter>
          <TitleProvider value={titled}>{application}</TitleProvider>
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
}
