import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useText } from '../../shared/text';
import { FieldInput, type InputProps } from './FieldInput';
import type { Values } from './schema';

function rowsOf(value: unknown): Values[] {
  return Array.isArray(value) ? value.filter((each): each is Values => typeof each === 'object' && each !== null) : [];
}

/** A list of records such as contact attempts: one row per entry. */
export function RecordsField({ id, spec, value, disabled, onChange }: InputProps) {
  const { t } = useTranslation('case');
  const text = useText();
  const rows = rowsOf(value);
  const change = (index: number, key: string, next: unknown) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, [key]: next } : row)));
  return (
    <div className="records" id={id}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
        <fieldset key={index} className="record">
          <legend className="quiet">{t('records.entry', { n: index + 1 })}</legend>
          {spec.fields.map((field) => (
            <label key={field.key} htmlFor={`${id}-${index}-${field.key}`} className="record-field">
              <span className="quiet">{text(field.title)}</span>
              <FieldInput
                id={`${id}-${index}-${field.key}`}
                spec={field}
                value={row[field.key]}
                disabled={disabled}
                onChange={(next) => change(index, field.key, next)}
              />
            </label>
          ))}
          {!disabled && (
            <Button
              type="text"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('records.remove', { n: index + 1 })}
              onClick={() => onChange(rows.filter((_, at) => at !== index))}
            />
          )}
        </fieldset>
      ))}
      {!disabled && (
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...rows, {}])}>
          {t('records.add')}
        </Button>
      )}
    </div>
  );
}
