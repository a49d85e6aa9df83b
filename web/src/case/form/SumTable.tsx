import { useTranslation } from 'react-i18next';

interface Row {
  outcome: string;
  count: number;
}

/** The computed fields that sum rows up by outcome. */
const SUMS = ['totals', 'archives'];

/** The rows of a sum; undefined for any other field, and where nothing was summed. */
export function sumOf(key: string, value: unknown): Row[] | undefined {
  if (!SUMS.includes(key) || !Array.isArray(value) || value.length === 0) return undefined;
  const rows = value.filter(
    (each): each is Row => typeof each === 'object' && each !== null && 'outcome' in each && 'count' in each,
  );
  return rows.length === value.length ? rows : undefined;
}

/** Rows by outcome, and their sum. */
export function SumTable({ rows }: { rows: Row[] }) {
  const { t } = useTranslation('case');
  return (
    <table className="totals-table">
      <tbody>
        {rows.map((row) => (
          <tr key={row.outcome}>
            <th scope="row">{t(`common:outcome.${row.outcome}`)}</th>
            <td>{row.count}</td>
          </tr>
        ))}
        <tr className="totals-sum">
          <th scope="row">{t('totals.sum')}</th>
          <td>{rows.reduce((sum, row) => sum + row.count, 0)}</td>
        </tr>
      </tbody>
    </table>
  );
}
