import { useText } from '../../shared/text';
import type { FieldSpec, Values } from './schema';
import { ValueWords } from './ValueWords';

/** The rows of a list of records; undefined for anything else, and for a list of one column, which is read out. */
export function recordsOf(spec: FieldSpec, value: unknown): Values[] | undefined {
  if (spec.kind !== 'records' || spec.fields.length < 2 || !Array.isArray(value) || value.length === 0)
    return undefined;
  return value.filter((each): each is Values => typeof each === 'object' && each !== null);
}

/** A list of records to read, such as a staff list or the differences of a count. */
export function RecordsWords({ spec, rows }: { spec: FieldSpec; rows: Values[] }) {
  const text = useText();
  // A column that no entry has is not shown.
  const fields = spec.fields.filter((field) => rows.some((row) => row[field.key] !== undefined));
  return (
    <table className="records-table">
      <thead>
        <tr>
          {fields.map((field) => (
            <th scope="col" key={field.key}>
              {text(field.title)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
          <tr key={index}>
            {fields.map((field) => (
              <td key={field.key} data-label={text(field.title)}>
                <ValueWords spec={field} value={row[field.key]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
