import { CalculatorOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Text } from '../../api/types';
import { useText } from '../../shared/text';
import type { FieldSpec } from './schema';
import { ValueWords } from './ValueWords';

interface TotalRow {
  outcome: string;
  count: number;
}

function totalsOf(value: unknown): TotalRow[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const rows = value.filter(
    (each): each is TotalRow => typeof each === 'object' && each !== null && 'outcome' in each && 'count' in each,
  );
  return rows.length === value.length ? rows : undefined;
}

/** The computed fields that sum rows up by outcome. */
export const SUMS = ['totals', 'archives'];

/** What the system reckons and the signer confirms with the approval: the lines' version, the totals. */
export function ComputedField({ spec, value, reason }: { spec: FieldSpec; value: unknown; reason: Text | undefined }) {
  const { t } = useTranslation('case');
  const text = useText();
  const totals = SUMS.includes(spec.key) ? totalsOf(value) : undefined;
  return (
    <div className="computed">
      <div className="computed-label">
        <CalculatorOutlined aria-hidden /> {text(spec.title)}
      </div>
      {totals ? (
        <table className="totals-table">
          <tbody>
            {totals.map((row) => (
              <tr key={row.outcome}>
                <th scope="row">{t(`common:outcome.${row.outcome}`)}</th>
                <td>{row.count}</td>
              </tr>
            ))}
            <tr className="totals-sum">
              <th scope="row">{t('totals.sum')}</th>
              <td>{totals.reduce((sum, row) => sum + row.count, 0)}</td>
            </tr>
          </tbody>
        </table>
      ) : (
        <div>{spec.key === 'lineSet' && reason ? text(reason) : <ValueWords spec={spec} value={value} />}</div>
      )}
      {spec.key !== 'lineSet' && reason && <div className="quiet">{text(reason)}</div>}
    </div>
  );
}
