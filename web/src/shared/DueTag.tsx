import { ClockCircleOutlined, ExclamationCircleFilled, FieldTimeOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { absolute } from './dates';
import { dueKind, dueWording } from './due';
import { useLanguage } from './useLanguage';

interface Props {
  due?: string | undefined;
  days?: number | undefined;
  /** A Party office holds the task: no colour, no hurry. */
  neutral?: boolean;
}

/** The one due line of a card: an icon, the working days in words, the date in the tooltip. */
export function DueTag({ due, days, neutral = false }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = dueKind(days, due);
  if (kind === 'none' || !due) return <span className="quiet">{t('due.none')}</span>;
  if (neutral && kind === 'overdue') return <span className="quiet">{t('due.awaitingParty')}</span>;
  const { key, count } = dueWording(days, due);
  const icon =
    kind === 'overdue' ? (
      <ExclamationCircleFilled aria-hidden />
    ) : kind === 'later' ? (
      <FieldTimeOutlined aria-hidden />
    ) : (
      <ClockCircleOutlined aria-hidden />
    );
  return (
    <Tooltip title={t('due.on', { date: absolute(due, language) })}>
      <span className={`due due-${neutral ? 'later' : kind}`}>
        {icon} {t(key, { count })}
      </span>
    </Tooltip>
  );
}
