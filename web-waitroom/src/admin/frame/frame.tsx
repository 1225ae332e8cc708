import type { Role } from '@shopfast/kit/admin/roles';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { usePage } from '../../app/pages.ts';
import { Shell } from '../../app/shell.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { type PageId, ROUTES, roomsPath, SECTIONS, type Section, sectionOf, sectionPath } from '../routes.ts';

const NEEDED: Record<Section, Role> = {
  ...{ rooms: 'viewer', products: 'viewer', jobs: 'viewer', keys: 'owner', audit: 'operator' },
};

/** Header and navigation with the current page. */
export function Frame({ pages }: { pages: Record<PageId, ReactElement> }) {
  const { t } = useAppContext();
  const { me, may, signOut } = useOperator();
  const { id, element } = usePage(ROUTES, pages);
  const here = sectionOf(id);
  const header = (
    <>
      <nav aria-label={t('nav.label')}>
        <ul>
          {SECTIONS.filter((section) => may(NEEDED[section])).map((section) => (
            <li key={section}>
              <Link to={sectionPath(section)} aria-current={section === here ? 'page' : undefined}>
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
    </>
  );
  return (
    <Shell
      page={id}
      skip={t('page.skip')}
      home={{ to: roomsPath, text: t('page.title') }}
      headerClass="top"
      header={header}
    >
      {element}
    </Shell>
  );
}
