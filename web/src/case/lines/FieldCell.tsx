import { DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Line, LineFieldView } from '../../api/types';
import { partialDate } from '../../shared/dates';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';
import { heldValue } from './edits';

interface Props {
  field: LineFieldView;
  line: Line;
  edited: string | undefined;
  options: { value: string; label: string }[];
  editable: boolean;
  onChange: (value: string) => void;
}

/** One field of one person: what is held, or the input that corrects it. */
export function FieldCell(props: Props) {
  const { field, line, edited, editable } = props;
  const { t } = useTranslation('case');
  const text = useText();
  return (
    <div>
      {editable ? <FieldEdit {...props} /> : <Held {...props} />}
      {field.key === 'match_result' && <div className="quiet">{text(line.matchReason)}</div>}
      {edited !== undefined && <div className="quiet">{t('lines.edited')}</div>}
    </div>
  );
}

function Held({ field, line, edited, options }: Props) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const value = edited ?? heldValue(line, field.key);
  if (field.kind === 'date') return value ? partialDate(value, language) : t('lines.none');
  return (
    options.find((option) => option.value === value)?.label ??
    (value || t(field.optional ? 'lines.nothing' : 'lines.none'))
  );
}

function FieldEdit({ field, line, edited, options, onChange }: Props) {
  const { t } = useTranslation('case');
  const text = useText();
  const value = edited ?? heldValue(line, field.key);
  const common = {
    size: 'small' as const,
    className: 'line-select',
    'aria-label': `${text(field.title)} ${line.row}`,
    ...(edited !== undefined ? { status: 'warning' as const } : {}),
  };
  switch (field.kind) {
    case 'text':
      return <Input {...common} value={value} maxLength={500} onChange={(event) => onChange(event.target.value)} />;
    case 'number':
      return (
        <InputNumber
          {...common}
          min={0}
          precision={0}
          value={value === '' ? null : Number(value)}
          onChange={(number) => onChange(number === null ? '0' : String(number))}
        />
      );
    case 'date':
      return (
        <DatePicker
          {...common}
          value={value ? dayjs(value) : null}
          format={t('dateFormat')}
          onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : '')}
        />
      );
    default:
      return (
        <Select
          {...common}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear={field.optional}
          value={value || undefined}
          placeholder={t(field.optional ? 'lines.nothing' : 'lines.none')}
          options={options}
          onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
        />
      );
  }
}
