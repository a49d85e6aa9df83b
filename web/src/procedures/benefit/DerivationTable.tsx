import { useTranslation } from 'react-i18next';
import { Clause } from '../../shared/Clause';
import { DataTable } from '../../shared/DataTable';
import { useLanguage } from '../../shared/useLanguage';
import { type DerivedStep, derivedOf, useStepWords } from './derived';

/** How sums came about, line by line, as it was signed. */
export function DerivationTable({ value }: { value: unknown }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const wordsOf = useStepWords();
  return (
    <DataTable<DerivedStep & { at: number }>
      items={derivedOf(value).map((step, at) => ({ ...step, at }))}
      rowKey={(step) => String(step.at)}
      minWidth={420}
      columns={[
        {
          key: 'step',
          title: t('benefit.step'),
          render: (step) => (language === 'en' ? step.stepEN : step.step),
        },
        { key: 'value', title: t('benefit.value'), width: 150, render: wordsOf },
        {
          key: 'basis',
          title: t('benefit.basis'),
          width: 220,
          render: (step) => (
            <>
              {language === 'en' ? step.sourceEN : step.source} {step.clause && <Clause name={step.clause} />}
            </>
          ),
        },
      ]}
    />
  );
}
