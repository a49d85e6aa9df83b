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
  done: <CheckOutlined aria-hidden />,
  received: <CheckOutlined aria-hidden />,
  open: <SyncOutlined aria-hidden />,
  verification: <SyncOutlined aria-hidden />,
  confirmation: <SyncOutlined aria-hidden />,
  planned: <ClockCircleOutlined aria-hidden />,
  none: <MinusOutlined aria-hidden />,
  deferred: <PauseOutlined aria-hidden />,
  returned: <RollbackOutlined aria-hidden />,
  moved: <ExportOutlined aria-hidden />,
  elsewhere: <HomeOutlined aria-hidden />,
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
      <span aria-hidden>{icons[known] ?? <MinusOutlined aria-hidden />}</span>{' '}
      {t(`cell.${known}`, { defaultValue: known })}
    </span>
  );
}
