import type { OwnKey } from '@shopfast/kit/contracts/keys';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/ask.ts';
import { FormTextsProvider } from '../app/form-texts.tsx';
import { Heading } from '../app/heading.tsx';
import { OperatorProvider, useAppContext } from './app-context.tsx';
import { AuditPage } from './audit/audit-page.tsx';
import { adminCalls } from './calls.ts';
import { Frame } from './frame/frame.tsx';
import { Notices } from './frame/notices.tsx';
import { ProblemNote } from './frame/problem-note.tsx';
import { SignIn } from './frame/sign-in.tsx';
import { JobsPage } from './jobs/jobs-page.tsx';
import { KeysPage } from './keys/keys-page.tsx';
import { ProductsPage } from './products/products-page.tsx';
import { NewRoomPage } from './rooms/new-room-page.tsx';
import { RoomPage } from './rooms/room-page.tsx';
import { RoomsPage } from './rooms/rooms-page.tsx';
import { type PageId, type RoomView, roomsPath } from './routes.ts';
import type { Session } from './session.ts';

type SignedIn = { key: string; me: OwnKey };
type State = { kind: 'asking' } | { kind: 'out'; wasRefused: boolean } | ({ kind: 'in' } & SignedIn);

const PAGES: Record<PageId, ReactElement> = {
  rooms: <RoomsPage />,
  new_room: <NewRoomPage />,
  room: <Room view="live" />,
  room_live: <Room view="live" />,
  room_settings: <Room view="settings" />,
  room_look: <Room view="look" />,
  room_codes: <Room view="codes" />,
  products: <ProductsPage />,
  jobs: <JobsPage />,
  keys: <KeysPage />,
  audit: <AuditOf />,
  audit_of: <AuditOf />,
  not_found: <NotFound />,
};

/** Asks for an admin key, then shows the page of the current address. */
export function Dashboard({ session }: { session: Session }) {
  const { t, clock } = useAppContext();
  const queries = useQueryClient();
  const [state, setState] = useState<State>(() =>
    session.key() ? { kind: 'asking' } : { kind: 'out', wasRefused: false },
  );

  const signIn = useCallback(
    async (key: string): Promise<Answer<OwnKey>> => {
      const answer = await adminCalls(clock, key).me();
      if (answer.kind === 'ok') {
        session.keep(key);
        setState({ kind: 'in', key, me: answer.body });
      }
      return answer;
    },
    [clock, session],
  );
  const signOut = useCallback(
    (reason?: 'key_invalid') => {
      session.forget();
      queries.clear();
      setState({ kind: 'out', wasRefused: reason === 'key_invalid' });
    },
    [queries, session],
  );

  // After a refresh the tab still has its key. Nothing is shown before the server confirms the key's role.
  useEffect(() => {
    const key = session.key();
    if (!key) return;
    let over = false;
    let timer: number;
    const resume = async () => {
      const answer = await signIn(key);
      if (over || answer.kind === 'ok') return;
      if (answer.kind === 'refused' && answer.refusal.status === 401) return signOut('key_invalid');
      timer = window.setTimeout(resume, 2_000);
    };
    void resume();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [session, signIn, signOut]);

  const formTexts = useMemo(
    () => ({
      ...{ check: t('problem.fix'), missing: t('fields.missing'), Problem: ProblemNote },
      // Contracts and servers say what is wrong in English only.
      wrong: (english: string) => (
        <span lang="en" dir="auto">
          {english}
        </span>
      ),
    }),
    [t],
  );
  const refresh = useCallback(() => void queries.invalidateQueries(), [queries]);
  const operator = useMemo(
    () => (state.kind === 'in' ? { me: state.me, calls: adminCalls(clock, state.key), signOut } : null),
    [state, clock, signOut],
  );

  if (state.kind === 'asking')
    return (
      <main id="main" className="sign-in">
        <Heading>{t('page.title')}</Heading>
        <p className="lead" role="status">
          {t('page.loading')}
        </p>
      </main>
    );
  return (
    <FormTextsProvider value={formTexts}>
      {operator ? (
        <OperatorProvider value={operator}>
          <Notices onDone={refresh}>
            <Frame pages={PAGES} />
          </Notices>
        </OperatorProvider>
      ) : (
        <SignIn wasRefused={state.kind === 'out' && state.wasRefused} signIn={signIn} />
      )}
    </FormTextsProvider>
  );
}

function Room({ view }: { view: RoomView }) {
  const { id = '' } = useParams();
  return <RoomPage key={id} id={id} view={view} />;
}

function AuditOf() {
  const { target = null } = useParams();
  return <AuditPage key={target} target={target} />;
}

function NotFound() {
  const { t } = useAppContext();
  return (
    <>
      <Heading>{t('page.not_found')}</Heading>
      <p className="lead">{t('page.not_found_lead')}</p>
      <p>
        <Link to={roomsPath} className="button">
          {t('nav.rooms')}
        </Link>
      </p>
    </>
  );
}
