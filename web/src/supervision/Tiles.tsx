import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  FolderOpenOutlined,
  PauseCircleOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardSummary } from '../api/supervision';
import { BoardLink } from './BoardLink';

/** The first row: each number opens what it counts. */
export function Tiles({ summary }: { summary: BoardSummary }) {
  const { t } = useTranslation('supervision');
  const tiles: { key: string; icon: ReactNode; number: { count: number; filter: string } }[] = [
    { key: 'open', icon: <FolderOpenOutlined aria-hidden />, number: summary.open },
    { key: 'today', icon: <ClockCircleOutlined aria-hidden />, number: summary.dueToday },
    { key: 'overdue', icon: <ExclamationCircleOutlined aria-hidden />, number: summary.overdue },
    { key: 'stuck', icon: <PauseCircleOutlined aria-hidden />, number: summary.stuck },
    { key: 'closed', icon: <CheckCircleOutlined aria-hidden />, number: summary.closedThisWeek },
  ];
  return (
    <ul className="tiles">
      {tiles.map(({ key, icon, number }) => (
        <li key={key}>
          <BoardLink
            filter={number.filter}
            label={`${t(`tile.${key}`)} ${number.count}`}
            className={key === 'overdue' && number.count > 0 ? 'tile tile-late' : 'tile'}
          >
            <span className="tile-name">
              {icon} {t(`tile.${key}`)}
            </span>
            <span className="tile-count">{number.count}</span>
          </BoardLink>
        </li>
      ))}
      <li>
        <div className="tile">
          <span className="tile-name">
            <FieldTimeOutlined aria-hidden /> {t('tile.average')}
          </span>
          <span className="tile-count">
            {summary.averageWorkingDays === undefined ? t('tile.none') : summary.averageWorkingDays.toFixed(1)}
          </span>
        </div>
      </li>
    </ul>
  );
}
