import type { OwnKey } from '@shopfast/kit/contracts/keys';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Answer } from '../api/ask.ts';
import { Heading, OperatorProvider, useAppContext } from './app-context.tsx';
import { AuditPage } from './audit/audit-page.tsx';
import { adminCalls } from './calls.ts';
import { Frame } from './frame/frame.tsx';
import { Notices } from './frame/notices.tsx';
import { SignIn } from './frame/sign-in.tsx';
import { JobsPage } from './jobs/jobs-page.tsx';
import { KeysPage } from './keys/keys-page.tsx';
import { Link, useNavigation } from './navigation.tsx';
import { ProductsPage } from './products/products-page.tsx';
import { NewRoomPage } from './rooms/new-room-page.tsx';
import { RoomPage } from './rooms/room-page.tsx';
import { RoomsPage } from './rooms/rooms-page.tsx';
import { type Route, roomsPath } from './routes.ts';
import type { Session } from './session.ts';

type SignedIn = { key: string; me: OwnKey };
type State = { kind: 'asking' } | { kind: 'out'; wasRefused: boolean } | ({ kind: 'in' } & SignedIn);

/** Asks for an admin key, then shows the page of the current address. */
export function Dashboard({ session }: { session: Session }) {
  const { t, clock } = useAppContext();
  const { route } = useNavigation();
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
  if (!operator) return <SignIn wasRefused={state.kind === 'out' && state.wasRefused} signIn={signIn} />;
  return (
    <OperatorProvider value={operator}>
      <Notices onDone={refresh}>
        <Frame>
          <Page route={route} />
        </Frame>
      </Notices>
    </OperatorProvider>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'rooms':
      return <RoomsPage />;
    case 'new_room':
      return <NewRoomPage />;
    case 'room':
      return <RoomPage key={route.id} id={route.id} view={route.view} />;
    case 'products':
      return <ProductsPage />;
    case 'jobs':
      return <JobsPage />;
    case 'keys':
      return <KeysPage />;
    case 'audit':
      return <AuditPage key={route.target} target={route.target} />;
    case 'not_found':
      return <NotFound />;
  }
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
