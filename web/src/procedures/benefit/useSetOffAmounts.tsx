import { useTranslation } from 'react-i18next';
import type { Column } from '../../shared/DataTable';
import { money } from '../../shared/quantities';
import { useLanguage } from '../../shared/useLanguage';

/** The columns that say how much may be kept of a benefit, and how much was; of a benefit and of a recovery alike. */
export function useSetOffAmounts<T extends { amount: number; applied: number }>(): Column<T>[] {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const column = (key: 'amount' | 'applied', title: string): Column<T> => ({
    key,
    title,
    width: 140,
    align: 'right',
    render: (one) => money(one[key], language),
  });
  return [column('amount', t('recovery.atMost')), column('applied', t('recovery.applied'))];
}
