import { Checkbox, DatePicker, Input, InputNumber, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/types';
import { pickerFor } from '../../procedures/pickers';
import { Clause } from '../../shared/Clause';
import { useText } from '../../shared/text';
import { MoneyInput, YearsInput } from './QuantityInput';
import { RecordsField } from './RecordsField';
import type { FieldSpec } from './schema';

export interface InputProps {
  id: string;
  spec: FieldSpec;
  view?: CaseView;
  value: unknown;
  disabled: boolean;
  onChange: (value: unknown) => void;
}

/** Up to this many options stand open; more go into a list. */
const OPEN_OPTIONS = 4;

/** A long list is searched by name, or by code where somebody knows it. */
function namedOrCoded(typed: string, option?: { value: string; label: string }): boolean {
  return `${option?.label} ${option?.value}`.toLowerCase().includes(typed.trim().toLowerCase());
}

/** The input of one field by its kind. */
export function FieldInput(props: InputProps) {
  const { id, spec, view, value, disabled, onChange } = props;
  const { t } = useTranslation('case');
  const text = useText();
  const label = text(spec.title);
  const options = spec.options.map((option) => ({ value: option.value, label: text(option.title) }));
  const Picker = view ? pickerFor(view.type, spec.key) : undefined;
  if (Picker && view)
    return (
      <Picker id={id} label={label} view={view} value={String(value ?? '')} disabled={disabled} onChange={onChange} />
    );
  switch (spec.kind) {
    case 'boolean':
      return (
        <Checkbox
          id={id}
          checked={value === true}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
        >
          {label} <Clause name={spec.clause} />
        </Checkbox>
      );
    case 'number':
      return (
        <InputNumber id={id} value={typeof value === 'number' ? value : null} disabled={disabled} onChange={onChange} />
      );
    case 'money':
      return <MoneyInput id={id} label={label} value={value} disabled={disabled} onChange={onChange} />;
    case 'years':
      return <YearsInput id={id} label={label} value={value} disabled={disabled} onChange={onChange} />;
    case 'date':
      return (
        <DatePicker
          id={id}
          className="date-input"
          value={typeof value === 'string' && value ? dayjs(value) : null}
          disabled={disabled}
          // The second is taken when typed.
          format={[t('dateFormat'), 'YYYY-MM-DD']}
          onChange={(chosen) => onChange(chosen ? chosen.format('YYYY-MM-DD') : undefined)}
        />
      );
    case 'choice':
      if (options.length <= OPEN_OPTIONS) {
        return (
          <Radio.Group
            aria-label={label}
            className="stack"
            value={value}
            disabled={disabled}
            onChange={(event) => onChange(event.target.value as string)}
            options={options}
          />
        );
      }
      return (
        <Select
          id={id}
          aria-label={label}
          showSearch={{ filterOption: namedOrCoded }}
          value={value}
          disabled={disabled}
          options={options}
          onChange={onChange}
          allowClear={!spec.required}
        />
      );
    case 'choices':
      return (
        <Checkbox.Group
          className="stack"
          value={Array.isArray(value) ? value.map(String) : []}
          disabled={disabled}
          options={options}
          onChange={onChange}
        />
      );
    case 'records':
      return <RecordsField {...props} />;
    case 'question':
      return (
        <Radio.Group
          aria-label={label}
          value={value === undefined ? undefined : String(value)}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value === 'null' ? null : event.target.value === 'true')}
          options={[
            { value: 'true', label: t('answer.yes') },
            { value: 'false', label: t('answer.no') },
            ...(spec.unknown ? [{ value: 'null', label: t('answer.unknown') }] : []),
          ]}
        />
      );
    default:
      return (
        <Input.TextArea
          id={id}
          value={typeof value === 'string' ? value : ''}
          disabled={disabled}
          maxLength={4000}
          autoSize={{ minRows: 1, maxRows: 8 }}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
