import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { ManagedGroup } from '../api/groups';
import { partialDate } from '../shared/dates';
import { useLanguage } from '../shared/useLanguage';

/** How many days ahead a review date is marked as near, as on the board. */
const NEAR = 30;

/** The day on which the form is looked at again; a near or past one has its icon and word. */
export function ReviewDate({ group }: { group: ManagedGroup }) {
  const { t } = useTranslation('groups');
  const language = useLanguage();
  if (!group.reviewOn) return null;
  const days = dayjs(group.reviewOn).diff(dayjs().startOf('day'), 'day');
  const words = partialDate(group.reviewOn, language);
  if (days < 0)
    return (
      <span className="due due-overdue">
        <WarningOutlined aria-hidden /> {words} {t('past')}
      </span>
    );
  if (days <= NEAR)
    return (
      <span className="due due-soon">
        <ClockCircleOutlined aria-hidden /> {words} {t('near')}
      </span>
    );
  return <>{words}</>;
}
