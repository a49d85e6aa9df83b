import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation, useNavigate, useNavigation } from 'react-router';
import { meQuery, standingOf } from '../api/session';
import { Failure } from '../shared/Panel';
import { useKeys } from '../shared/useKeys';
import { usePhone } from '../shared/useMedia';
import { DemoBar } from './DemoBar';
import { KeyHelp } from './KeyHelp';
import { Navigation } from './Navigation';
import { Screen } from './Screen';
import { SearchPanel } from './search/SearchPanel';
import { TopBar } from './TopBar';
import { useLive } from './useLive';

/** What stands around every screen: navigation, search, demo bar. Without a session it leads to sign-in. */
export function Frame() {
  const location = useLocation();
  const me = useQuery(meQuery);
  const standing = standingOf(me);
  if (standing === 'unknown') return <Screen />;
  if (standing === 'failed') return <Failure error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  }
  return <SignedIn demo={me.data.demo} key={me.data.user.id} />;
}

function SignedIn({ demo }: { demo: boolean }) {
  const { t } = useTranslation('frame');
  const phone = usePhone();
  const go = useNavigate();
  const navigation = useNavigation();
  const [menuOpen, setMenuOpen] = useState(false);
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  useLive();
  useKeys({
    '/': () => setSearching(true),
    'ctrl+k': () => setSearching(true),
    '?': () => setHelping(true),
    'g i': () => void go('/inbox?box=todo'),
    'g p': () => void go('/people'),
    'g c': () => void go('/cases'),
    'g d': () => void go('/supervision'),
  });
  return (
    <div className="frame" data-demo={demo || undefined}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      {demo && <DemoBar />}
      <TopBar onMenu={phone ? () => setMenuOpen(true) : undefined} onSearch={() => setSearching(true)} />
      <div className="frame-body">
        {phone ? (
          <Drawer
            open={menuOpen}
            onClose={() => setMenuOpen(false)}
            placement="left"
            size={264}
            title={t('menu')}
            styles={{ body: { padding: 0, display: 'flex' } }}
          >
            <Navigation onChosen={() => setMenuOpen(false)} />
          </Drawer>
        ) : (
          <aside className="side">
            <Navigation />
          </aside>
        )}
        <main
          id="main"
          tabIndex={-1}
          aria-busy={navigation.state !== 'idle'}
          className={navigation.state === 'idle' ? 'main' : 'main main-busy'}
        >
          <Outlet />
        </main>
      </div>
      <SearchPanel open={searching} onClose={() => setSearching(false)} />
      <KeyHelp open={helping} onClose={() => setHelping(false)} />
    </div>
  );
}
