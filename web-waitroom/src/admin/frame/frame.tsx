import type { Role } from '@shopfast/kit/admin/roles';
import type { ReactNode } from 'react';
import { useFocusOnMove } from '../../use-focus-on-move.ts';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Link, useNavigation } from '../navigation.tsx';
import { SECTIONS, type Section, sectionOf, sectionPath } from '../routes.ts';

const NEEDED: Record<Section, Role> = {
  ...{ rooms: 'viewer', products: 'viewer', jobs: 'viewer', keys: 'owner', audit: 'operator' },
};

/** Header, navigation and the slot for the page. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useAppContext();
  const { me, may, signOut } = useOperator();
  const { route, path } = useNavigation();
  const main = useFocusOnMove(path);
  const here = sectionOf(route);
  return (
    <>
      <a className="skip" href="#main">
        {t('page.skip')}
      </a>
      <header className="top">
        <Link to={sectionPath('rooms')} className="brand">
          <span className="mark" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t('page.title')}
        </Link>
        <nav aria-label={t('nav.label')}>
          <ul>
            {SECTIONS.filter((section) => may(NEEDED[section])).map((section) => (
              <li key={section}>
                <Link to={sectionPath(section)} current={section === here}>
                  {t(`nav.${section}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="who">
          <span>
            <span className="name">{me.name}</span> <small>{t(`role.${me.role}`)}</small>
          </span>
          <button type="button" className="quiet" onClick={() => signOut()}>
            {t('sign_out')}
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main} data-page={route.page}>
        {children}
      </main>
    </>
  );
}
