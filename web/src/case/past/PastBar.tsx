import { ClockCircleOutlined, SwapOutlined } from '@ant-design/icons';
import { Alert, Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/types';
import { absolute } from '../../shared/dates';
import { useLanguage } from '../../shared/useLanguage';
import { useUrlState } from '../../shared/useUrlState';

/** Sets the page to a past moment; a banner says so, and leads back or to a comparison. */
export function PastBar({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const [params, change] = useUrlState();
  const [choosing, setChoosing] = useState(false);
  const asOf = params.get('asOf');
  const comparing = params.get('against') !== null;
  if (!asOf && !choosing) {
    return (
      <Button type="text" size="small" icon={<ClockCircleOutlined aria-hidden />} onClick={() => setChoosing(true)}>
        {t('past.choose')}
      </Button>
    );
  }
  const picker = (label: string, value: string | null, onChosen: (moment: string) => void) => (
    <DatePicker
      showTime={{ format: 'HH:mm' }}
      aria-label={label}
      placeholder={label}
      value={value ? dayjs(value) : null}
      minDate={dayjs(view.submittedAt)}
      maxDate={dayjs()}
      format={`${t('dateFormat')} HH:mm`}
      // The chosen minute counts to its end.
      onChange={(moment) => moment && onChosen(moment.endOf('minute').toISOString())}
    />
  );
  if (!asOf) {
    return (
      <span className="past-picker">
        {picker(t('past.moment'), null, (moment) => {
          setChoosing(false);
          change({ asOf: moment }, { push: true });
        })}
        <Button type="text" size="small" onClick={() => setChoosing(false)}>
          {t('common:cancel')}
        </Button>
      </span>
    );
  }
  const back = () => change({ asOf: undefined, against: undefined }, { push: true });
  return (
    <Alert
      type="warning"
      showIcon
      icon={<ClockCircleOutlined aria-hidden />}
      className="past-banner"
      title={t('past.banner', { date: absolute(asOf, language) })}
      description={
        <div className="toolbar">
          {picker(t('past.moment'), asOf, (moment) => change({ asOf: moment }))}
          {comparing && picker(t('past.other'), params.get('against') || null, (moment) => change({ against: moment }))}
          <Button
            icon={<SwapOutlined aria-hidden />}
            onClick={() => change({ against: comparing ? undefined : new Date().toISOString() })}
          >
            {t(comparing ? 'past.single' : 'past.compare')}
          </Button>
          <Button type="primary" onClick={back}>
            {t('past.now')}
          </Button>
        </div>
      }
    />
  );
}
