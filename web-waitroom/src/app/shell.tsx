import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation, useNavigationType } from 'react-router';

type Props = {
  /** The name of the current page. */
  page: string;
  /** The link to the main content for people who use the keyboard. */
  skip: string;
  home: { to: string; text: string };
  headerClass?: string;
  /** Stands in the header after the name. */
  header: ReactNode;
  children: ReactNode;
};

/** The frame of an application: skip link, header, and the page's content. */
export function Shell({ page, skip, home, headerClass, header, children }: Props) {
  const main = useMove();
  return (
    <>
      <a className="skip" href="#main">
        {skip}
      </a>
      <header className={headerClass}>
        <Link to={home.to} className="brand">
          <Mark />
          {home.text}
        </Link>
        {header}
      </header>
      <main id="main" tabIndex={-1} ref={main} data-page={page}>
        {children}
      </main>
    </>
  );
}

/** The product's sign. */
export function Mark() {
  return (
    <span className="mark" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}

/**
 * After an internal link, starts at the top and moves the focus to the new page, as a page load would. "Back" keeps the
 * place that the browser restores.
 * @returns for the page's `main`
 */
function useMove() {
  const main = useRef<HTMLElement>(null);
  const { key, pathname } = useLocation();
  const kind = useNavigationType();
  const shown = useRef({ key, pathname });
  useEffect(() => {
    if (shown.current.key !== key && kind !== 'POP') scrollTo(0, 0);
    if (shown.current.pathname !== pathname) main.current?.focus({ preventScroll: true });
    shown.current = { key, pathname };
  }, [key, pathname, kind]);
  return main;
}
