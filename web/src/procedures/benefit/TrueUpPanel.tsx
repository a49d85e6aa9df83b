import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '../../api/types';
import { DataTable } from '../../shared/DataTable';
import { money } from '../../shared/quantities';
import { useLanguage } from '../../shared/useLanguage';
import { known } from '../party/route';
import { Claimants, Payments } from './BenefitPanel';
import { DerivationTable } from './DerivationTable';
import { derivedOf } from './derived';

const SUMS = ['provisionalFigure', 'publishedFigure', 'total', 'releasedTotal', 'difference'] as const;

interface Part {
  name: string;
  funeral: number;
  survivor: number;
}

/** A benefit by the published figure beside what was released, and what is paid up to whom. */
export function TrueUpPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  if (!view.benefit) return null;
  const course = known(view, 'course');
  const parts = known(view, 'parts');
  const steps = derivedOf(known(view, 'derivation'));
  const benefit = view.benefit.benefit;
  return (
    <>
      <section className="box" aria-label={t('trueUp.compared')}>
        <h2>{t('trueUp.compared')}</h2>
        {benefit && (
          <p>
            {t('trueUp.benefit')}{' '}
            <Link className="mono" to={`/cases/${benefit}`}>
              {benefit}
            </Link>
          </p>
        )}
        <dl className="facts">
          {SUMS.map((key) => {
            const value = known(view, key);
            return (
              typeof value === 'number' && (
                <div key={key} data-fact={`true-up-${key}`}>
                  <dt>{t(`trueUp.${key}`, { year: String(known(view, 'baseYear') ?? '') })}</dt>
                  <dd>{money(value, language)}</dd>
                </div>
              )
            );
          })}
        </dl>
        {typeof course === 'string' && (
          <p>
            <strong>{t(`trueUp.courses.${course as 'pay'}`)}</strong>
          </p>
        )}
        {Array.isArray(parts) && parts.length > 0 && (
          <DataTable<Part>
            items={parts as Part[]}
            rowKey={(part) => part.name}
            minWidth={420}
            columns={[
              { key: 'name', title: t('benefit.name'), render: (part) => part.name },
              ...(['funeral', 'survivor'] as const).map((key) => ({
                key,
                title: t(`benefit.${key}`),
                width: 140,
                align: 'right' as const,
                render: (part: Part) => money(part[key], language),
              })),
            ]}
          />
        )}
      </section>
      <Claimants view={view} benefit={view.benefit} />
      {steps.length > 0 && (
        <section className="box" aria-label={t('benefit.derivation')}>
          <h2>{t('benefit.derivation')}</h2>
          <DerivationTable value={steps} />
        </section>
      )}
      {view.benefit.payments.length > 0 && <Payments benefit={view.benefit} />}
    </>
  );
}
