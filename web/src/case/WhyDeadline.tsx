import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DueRule } from '../api/types';
import { absolute, partialDate } from '../shared/dates';
import { useLanguage } from '../shared/useLanguage';

/** How a deadline came about: from which day, how many days of which kind, and every counted day. */
export function WhyDeadline({ rule, due }: { rule: DueRule; due: string }) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const hours = rule.due.kind === 'working_hours';
  const counted = rule.counted ?? [];
  const content = (
    <div className="why">
      <p>
        {t(hours ? 'why.hoursSentence' : 'why.sentence', {
          from: hours ? absolute(rule.from, language) : partialDate(rule.from.slice(0, 10), language),
          days: t(`why.kind.${rule.due.kind ?? 'working_days'}`, { count: rule.due.count ?? 0 }),
          due: absolute(due, language, hours),
        })}
      </p>
      {counted.length > 0 && (
        <p className="quiet">
          {t('why.counted')}{' '}
          {counted.map((day) => partialDate(day.slice(0, 10), language)).join(language === 'en' ? ', ' : '、')}
        </p>
      )}
      {rule.calendar && (
        <p className="quiet">{t('why.calendar', { name: rule.calendar, version: rule.calendarVersion ?? 1 })}</p>
      )}
      {rule.provisional && <p>{t('why.provisional')}</p>}
      {rule.setting && <p className="quiet">{t('why.setting', { name: rule.setting, version: rule.version ?? 1 })}</p>}
    </div>
  );
  return (
    <Popover content={content} trigger="click" title={t('why.title')}>
      <Button type="link" size="small" icon={<QuestionCircleOutlined aria-hidden />}>
        {t('why.title')}
      </Button>
    </Popover>
  );
}
