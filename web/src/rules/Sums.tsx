import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { money } from '../shared/quantities';
import { useLanguage } from '../shared/useLanguage';

interface BenefitSums {
  funeralGrant: number;
  survivorPayment: number;
  transitionalSupplement: number;
  limitReduction: number;
  total: number;
  accountBalance: number;
  provisional: boolean;
}

/** The sums of a result that has any. */
export function sumsOf(result: unknown): BenefitSums | undefined {
  return typeof result === 'object' && result !== null && 'funeralGrant' in result
    ? (result as BenefitSums)
    : undefined;
}

/** The sums a family gets, one a line, and what may still change them. */
export function Sums({ sums }: { sums: BenefitSums }) {
  const { t } = useTranslation('rules');
  const language = useLanguage();
  const items = (['funeralGrant', 'survivorPayment', 'limitReduction', 'transitionalSupplement'] as const).filter(
    (item) => item === 'funeralGrant' || item === 'survivorPayment' || sums[item] > 0,
  );
  return (
    <>
      <table className="trial-sums">
        <tbody>
          {items.map((item) => (
            <tr key={item}>
              <th scope="row">{t(`sums.${item}`)}</th>
              <td>{money(item === 'limitReduction' ? -sums[item] : sums[item], language)}</td>
            </tr>
          ))}
          <tr className="trial-total">
            <th scope="row">{t('sums.total')}</th>
            <td>{money(sums.total, language)}</td>
          </tr>
          {sums.accountBalance > 0 && (
            <tr>
              <th scope="row">{t('sums.accountBalance')}</th>
              <td>{money(sums.accountBalance, language)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {sums.provisional && <Alert type="warning" showIcon title={t('sums.provisional')} />}
      <p className="quiet">{t('sums.notice')}</p>
    </>
  );
}
