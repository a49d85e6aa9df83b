import { useTranslation } from 'react-i18next';
import type { LineTotals } from '../../api/types';
import { reconcile } from './totals';

/** The reconciliation of a batch: handed over = the sum of the outcomes + open. A figure filters the list. */
export function Totals({
  totals,
  chosen,
  onChoose,
}: {
  totals: LineTotals;
  chosen?: string;
  onChoose?: (outcome: string) => void;
}) {
  const { t } = useTranslation('case');
  const { parts, agrees } = reconcile(totals);
  return (
    <div className="totals">
      <span className="total">
        <span className="quiet">{t('totals.people')}</span> <strong>{totals.people}</strong>
      </span>
      <span aria-hidden>=</span>
      {parts.map((part, index) => (
        <span className="total" key={part.outcome}>
          {index > 0 && <span aria-hidden>+ </span>}
          {onChoose ? (
            <button
              type="button"
              className={chosen === part.outcome ? 'chip chip-on' : 'chip'}
              aria-pressed={chosen === part.outcome}
              onClick={() => onChoose(chosen === part.outcome ? '' : part.outcome)}
            >
              {t(`common:outcome.${part.outcome}`)} {part.count}
            </button>
          ) : (
            <>
              <span className="quiet">{t(`common:outcome.${part.outcome}`)}</span> <strong>{part.count}</strong>
            </>
          )}
        </span>
      ))}
      {!agrees && <strong className="due-overdue">{t('totals.disagree')}</strong>}
    </div>
  );
}
