import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  RollbackOutlined,
  StopOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const looks: Record<string, { icon: ReactNode; color: string }> = {
  open: { icon: <SyncOutlined aria-hidden />, color: 'blue' },
  suspended: { icon: <PauseCircleOutlined aria-hidden />, color: 'gold' },
  closed: { icon: <CheckCircleOutlined aria-hidden />, color: 'green' },
  rejected: { icon: <StopOutlined aria-hidden />, color: 'red' },
  not_accepted: { icon: <MinusCircleOutlined aria-hidden />, color: 'red' },
  withdrawn: { icon: <RollbackOutlined aria-hidden />, color: 'default' },
  expired: { icon: <ClockCircleOutlined aria-hidden />, color: 'default' },
};

/** The state of a case: icon and word, colour only in addition. */
export function StateStamp({ state }: { state: string }) {
  const { t } = useTranslation();
  const look = looks[state] ?? { icon: null, color: 'default' };
  return (
    <Tag icon={look.icon} color={look.color} className="stamp">
      {t(`caseState.${state}`)}
    </Tag>
  );
}
