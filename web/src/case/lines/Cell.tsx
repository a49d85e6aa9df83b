import {
  CheckOutlined,
  ClockCircleOutlined,
  ExportOutlined,
  HomeOutlined,
  MinusOutlined,
  PauseOutlined,
  RollbackOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const icons: Record<string, ReactNode> = {
  done: <CheckOutlined />,
  received: <CheckOutlined />,
  open: <SyncOutlined />,
  verification: <SyncOutlined />,
  confirmation: <SyncOutlined />,
  planned: <ClockCircleOutlined />,
  none: <MinusOutlined />,
  deferred: <PauseOutlined />,
  returned: <RollbackOutlined />,
  moved: <ExportOutlined />,
  elsewhere: <HomeOutlined />,
};

/** How a cell of the matrix is coloured besides its icon and word. Death and hardship get no colour. */
const tones: Record<string, string> = {
  done: 'good',
  received: 'good',
  open: 'now',
  verification: 'now',
  confirmation: 'now',
  returned: 'back',
  deferred: 'back',
};

/** One cell of the matrix people × stages: icon and word; colour only in addition. */
export function Cell({ state }: { state: string | undefined }) {
  const { t } = useTranslation('case');
  const known = state ?? 'planned';
  return (
    <span className={`cell cell-${tones[known] ?? 'quiet'}`}>
      <span aria-hidden>{icons[known] ?? <MinusOutlined />}</span> {t(`cell.${known}`, { defaultValue: known })}
    </span>
  );
}
