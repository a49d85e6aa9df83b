import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useText } from '../../shared/text';
import { FieldInput, type InputProps } from './FieldInput';
import type { Values } from './schema';
import { ValueWords } from './ValueWords';

function rowsOf(value: unknown): Values[] {
  return Array.isArray(value) ? value.filter((each): each is Values => typeof each === 'object' && each !== null) : [];
}

/** A list of records such as contact attempts or a staff list: a table with one row per entry. */
export function RecordsField({ id, spec, value, disabled, onChange }: InputProps) {
  const { t } = useTranslation('case');
  const text = useText();
  const rows = rowsOf(value);
  // Rows that the system lists are as many as it lists: what is filled in is what stands in them.
  const listed = spec.fields.some((field) => field.computed);
  const change = (index: number, key: string, next: unknown) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, [key]: next } : row)));
  return (
    <div className="records" id={id}>
      {rows.length > 0 && (
        <table className="records-table">
          <thead>
            <tr>
              <th scope="col" className="records-number">
                {t('column.row')}
              </th>
              {spec.fields.map((field) => (
                <th scope="col" key={field.key}>
                  {text(field.title)}
                </th>
              ))}
              {!disabled && !listed && <td />}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
              <tr key={index} aria-label={t('records.entry', { n: index + 1 })}>
                <td className="records-number quiet">{index + 1}</td>
                {spec.fields.map((field) => (
                  <td key={field.key} data-label={text(field.title)}>
                    {field.computed ? (
                      <ValueWords spec={field} value={row[field.key]} />
                    ) : (
                      // biome-ignore lint/a11y/noLabelWithoutControl: the input of the field's kind is inside
                      <label>
                        <span className="read-out">{`${text(field.title)} ${index + 1}`}</span>
                        <FieldInput
                          id={`${id}-${index}-${field.key}`}
                          spec={field}
                          value={row[field.key]}
                          disabled={disabled}
                          onChange={(next) => change(index, field.key, next)}
                        />
                      </label>
                    )}
                  </td>
                ))}
                {!disabled && !listed && (
                  <td>
                    <Button
                      type="text"
                      icon={<DeleteOutlined aria-hidden />}
                      aria-label={t('records.remove', { n: index + 1 })}
                      onClick={() => onChange(rows.filter((_, at) => at !== index))}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!disabled && !listed && (
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...rows, {}])}>
          {t('records.add')}
        </Button>
      )}
    </div>
  );
}
