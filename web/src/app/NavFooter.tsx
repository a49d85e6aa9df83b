import { DisconnectOutlined, KeyOutlined, LinkOutlined, LogoutOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isReachable, subscribeConnection } from '../api/connection';
import { useMe, useSignOut } from '../api/session';
import { useText } from '../shared/text';
import { LanguageSwitch } from './LanguageSwitch';
import { PasswordDialog } from './PasswordDialog';
import { chooseTheme, type ThemeChoice, useThemeChoice } from './theme';

const THEMES: ThemeChoice[] = ['system', 'light', 'dark'];

/** Who is signed in, in which post and office, and how the screen looks. */
export function NavFooter() {
  const { t } = useTranslation('frame');
  const text = useText();
  const me = useMe();
  const theme = useThemeChoice();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  const connected = useSyncExternalStore(subscribeConnection, isReachable);
  return (
    <div className="nav-footer">
      <div className="nav-user">
        {me.user.name}
        <Button
          type="text"
          size="small"
          icon={<KeyOutlined aria-hidden />}
          aria-label={t('password.title')}
          title={t('password.title')}
          onClick={() => setChanging(true)}
        />
      </div>
      {me.posts.map((post) => (
        <div key={post.office + post.role} className="quiet">
          {post.officeName}
          <br />
          {text(post.roleTitle)}
        </div>
      ))}
      <div className="nav-switches">
        <LanguageSwitch />
        <Select
          size="small"
          variant="filled"
          aria-label={t('theme.label')}
          value={theme}
          onChange={chooseTheme}
          options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
          popupMatchSelectWidth={false}
        />
      </div>
      <div className="nav-bottom">
        <span role="status" className={connected ? 'quiet' : 'due due-overdue'}>
          {connected ? <LinkOutlined aria-hidden /> : <DisconnectOutlined aria-hidden />}{' '}
          {t(connected ? 'connected' : 'disconnected')}
        </span>
        <Button type="text" size="small" icon={<LogoutOutlined aria-hidden />} onClick={() => void signOut()}>
          {t('signOut')}
        </Button>
      </div>
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </div>
  );
}
