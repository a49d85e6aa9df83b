import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  SendOutlined,
  SyncOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RosterView } from '../api/types';

/** Where a roster stands, as icon and word. */
export function RosterState({ roster }: { roster: RosterView }) {
  const { t } = useTranslation('roster');
  if (roster.case) {
    return (
      <Tag icon={<SendOutlined aria-hidden />} color="green">
        {t('state.submitted')}
      </Tag>
    );
  }
  if (roster.state === 'checking') {
    return (
      <Tag icon={<SyncOutlined spin aria-hidden />} color="blue">
        {t('state.checking')}
      </Tag>
    );
  }
  if (roster.state === 'failed') {
    return (
      <Tag icon={<CloseCircleOutlined aria-hidden />} color="red">
        {t('state.failed')}
      </Tag>
    );
  }
  return roster.totals.blocker > 0 ? (
    <Tag icon={<WarningOutlined aria-hidden />} color="gold">
      {t('state.toCorrect')}
    </Tag>
  ) : (
    <Tag icon={<CheckCircleOutlined aria-hidden />} color="green">
      {t('state.checked')}
    </Tag>
  );
}
