import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

interface Props {
  id: string;
  label: string;
  /** Written 2026-11-24; empty while none is chosen. */
  value: string;
  onChange: (value: string) => void;
}

/** A day from tomorrow on. */
export function DateField({ id, label, value, onChange }: Props) {
  const { t } = useTranslation('case');
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <DatePicker
        id={id}
        className="date-input"
        value={value ? dayjs(value) : null}
        format={t('dateFormat')}
        minDate={dayjs().add(1, 'day')}
        onChange={(chosen) => onChange(chosen ? chosen.format('YYYY-MM-DD') : '')}
      />
    </>
  );
}
