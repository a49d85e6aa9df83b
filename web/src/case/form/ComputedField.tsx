import { CalculatorOutlined } from '@ant-design/icons';
import type { Text } from '../../api/types';
import { useText } from '../../shared/text';
import { RecordsWords, recordsOf } from './RecordsWords';
import { SumTable, sumOf } from './SumTable';
import type { FieldSpec } from './schema';
import { ValueWords } from './ValueWords';

/** What the system reckons and the signer confirms with the approval: the lines' version, the totals. */
export function ComputedField({ spec, value, reason }: { spec: FieldSpec; value: unknown; reason: Text | undefined }) {
  const text = useText();
  const sum = sumOf(spec.key, value);
  const rows = sum ? undefined : recordsOf(spec, value);
  return (
    <div className="computed">
      <div className="computed-label">
        <CalculatorOutlined aria-hidden /> {text(spec.title)}
      </div>
      {sum ? (
        <SumTable rows={sum} />
      ) : rows ? (
        <RecordsWords spec={spec} rows={rows} />
      ) : (
        <div>{spec.key === 'lineSet' && reason ? text(reason) : <ValueWords spec={spec} value={value} />}</div>
      )}
      {spec.key !== 'lineSet' && reason && <div className="quiet">{text(reason)}</div>}
    </div>
  );
}
