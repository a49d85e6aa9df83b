import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { useAllowed } from '../api/session';
import { settingsPages } from './pages';
import './settings.css';

/** 设置: one page per subject, those the caller may open. */
export function SettingsLayout() {
  const { t } = useTranslation('settings');
  const { pathname } = useLocation();
  const pages = settingsPages(useAllowed());
  const [first] = pages;
  if (first && /^\/settings\/?$/.test(pathname)) return <Navigate to={`/settings/${first.key}`} replace />;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('title')}</h1>
      </div>
      <nav className="settings-pages" aria-label={t('title')}>
        {pages.map((page) => {
          const here = pathname === `/settings/${page.key}`;
          return (
            <Link
              key={page.key}
              to={`/settings/${page.key}`}
              className={here ? 'settings-page settings-here' : 'settings-page'}
              aria-current={here ? 'page' : undefined}
            >
              {t(`page.${page.key}`)}
            </Link>
          );
        })}
      </nav>
      <Outlet />
    </div>
  );
}
