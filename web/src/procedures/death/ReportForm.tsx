import { DatePicker, Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

/** What is asked before a report begins; the rest is filled in on its case. */
export interface Report {
  source: string;
  diedOn: string;
  idNumber: string;
  name: string;
}

export const EMPTY_REPORT: Report = { source: 'family', diedOn: '', idNumber: '', name: '' };
const SOURCES = ['family', 'community', 'hotline', 'list'] as const;

interface Props {
  value: Report;
  /** By ID number and name, where the person is not chosen from a page. */
  byNumber?: boolean;
  onChange: (value: Report) => void;
}

export function ReportForm({ value, byNumber = false, onChange }: Props) {
  const { t } = useTranslation('procedures');
  const set = (change: Partial<Report>) => onChange({ ...value, ...change });
  return (
    <Form layout="vertical" component={false}>
      {byNumber && (
        <>
          <Form.Item label={t('death.name')} htmlFor="death-name" required>
            <Input
              id="death-name"
              autoComplete="off"
              maxLength={100}
              value={value.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Form.Item>
          <Form.Item label={t('death.idNumber')} htmlFor="death-number" required>
            <Input
              id="death-number"
              className="mono"
              autoComplete="off"
              maxLength={18}
              value={value.idNumber}
              onChange={(event) => set({ idNumber: event.target.value })}
            />
          </Form.Item>
        </>
      )}
      <Form.Item label={t('death.source')} htmlFor="death-source" required>
        <Select
          id="death-source"
          value={value.source}
          onChange={(source: string) => set({ source })}
          options={SOURCES.map((source) => ({ value: source, label: t(`death.sources.${source}`) }))}
        />
      </Form.Item>
      <Form.Item label={t('death.died')} htmlFor="death-date" required extra={t('death.diedHint')}>
        <DatePicker
          id="death-date"
          className="date-input"
          value={value.diedOn ? dayjs(value.diedOn) : null}
          format={[t('case:dateFormat'), 'YYYY-MM-DD']}
          disabledDate={(day) => day.isAfter(dayjs(), 'day')}
          onChange={(chosen) => set({ diedOn: chosen ? chosen.format('YYYY-MM-DD') : '' })}
        />
      </Form.Item>
    </Form>
  );
}
