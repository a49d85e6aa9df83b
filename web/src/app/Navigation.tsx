import {
  ApartmentOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  CalculatorOutlined,
  CheckSquareOutlined,
  CopyOutlined,
  DashboardOutlined,
  FileExcelOutlined,
  FolderOpenOutlined,
  InboxOutlined,
  SendOutlined,
  SettingOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useAllowed, useMe } from '../api/session';
import { useTaskCounts } from '../api/tasks';
import { BOXES, type Box } from '../api/types';
import { settingsPages } from '../settings/pages';
import { NavFooter } from './NavFooter';

const boxIcons: Record<Box, ReactNode> = {
  claimable: <InboxOutlined aria-hidden />,
  todo: <AuditOutlined aria-hidden />,
  done: <CheckSquareOutlined aria-hidden />,
  started: <SendOutlined aria-hidden />,
  cc: <CopyOutlined aria-hidden />,
};

const STATISTICS_OFFICES = ['agency', 'bureau', 'supervision'];

const GROUP_OFFICES = ['bureau', 'agency', 'enterprise', 'supervision'];

/** The navigation with its counts; it shows only what the caller's posts allow. */
export function Navigation({ onChosen }: { onChosen?: () => void }) {
  const { t } = useTranslation('frame');
  const allowed = useAllowed();
  // Rosters belong to enterprises; elsewhere the list would always be empty.
  const enterprise = useMe().posts.some((post) => post.officeKind === 'enterprise');
  // Whoever registers, manages or supervises groups under an interim form.
  const groups = useMe().posts.some((post) => GROUP_OFFICES.includes(post.officeKind));
  const statistics = useMe().posts.some((post) => STATISTICS_OFFICES.includes(post.officeKind));
  const location = useLocation();
  const counts = useTaskCounts(allowed('task.read')).data;
  const box = location.pathname === '/inbox' ? (new URLSearchParams(location.search).get('box') ?? 'todo') : '';
  const at = (path: string) => location.pathname === path || location.pathname.startsWith(`${path}/`);
  const item = (to: string, icon: ReactNode, label: string, active: boolean, count?: number, overdue?: number) => (
    <li key={to}>
      <Link
        to={to}
        className={active ? 'nav-item nav-active' : 'nav-item'}
        aria-current={active ? 'page' : undefined}
        onClick={onChosen}
      >
        <span className="nav-icon" aria-hidden>
          {icon}
        </span>
        <span className="nav-label">{label}</span>
        {overdue ? <span className="nav-overdue">{t('nav.overdue', { count: overdue })}</span> : null}
        {count !== undefined && <span className="nav-count">{count}</span>}
      </Link>
    </li>
  );
  return (
    <div className="nav">
      <nav aria-label={t('menu')}>
        {allowed('task.read') && (
          <ul className="nav-group">
            {BOXES.map((name) =>
              item(
                `/inbox?box=${name}`,
                boxIcons[name],
                t(`box.${name}`),
                box === name,
                counts?.[name],
                name === 'todo' ? counts?.overdue : undefined,
              ),
            )}
          </ul>
        )}
        <ul className="nav-group">
          {enterprise &&
            allowed('roster.read') &&
            item('/rosters', <FileExcelOutlined aria-hidden />, t('nav.rosters'), at('/rosters'))}
          {allowed('case.read') &&
            item('/cases', <FolderOpenOutlined aria-hidden />, t('nav.cases'), at('/cases') || at('/procedures'))}
        </ul>
        <ul className="nav-group">
          {allowed('person.read') && item('/people', <TeamOutlined aria-hidden />, t('nav.people'), at('/people'))}
          {groups &&
            allowed('person.read') &&
            item('/groups', <ApartmentOutlined aria-hidden />, t('nav.groups'), at('/groups'))}
          {allowed('supervision.read') &&
            item('/supervision', <DashboardOutlined aria-hidden />, t('nav.supervision'), at('/supervision'))}
          {allowed('payment.read') &&
            item('/payments', <BankOutlined aria-hidden />, t('nav.payments'), at('/payments'))}
          {statistics &&
            allowed('benefit.statistics') &&
            item('/statistics', <BarChartOutlined aria-hidden />, t('nav.statistics'), at('/statistics'))}
          {item('/rules', <CalculatorOutlined aria-hidden />, t('nav.rules'), at('/rules'))}
          {settingsPages(allowed).length > 0 &&
            item('/settings', <SettingOutlined aria-hidden />, t('nav.settings'), at('/settings'))}
        </ul>
      </nav>
      <NavFooter />
    </div>
  );
}
