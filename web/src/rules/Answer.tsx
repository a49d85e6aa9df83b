import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RuleAnswer, RuleStep } from '../api/rules';
import { Clause } from '../shared/Clause';
import { DataTable } from '../shared/DataTable';
import { partialDate } from '../shared/dates';
import { lengthWords, money } from '../shared/quantities';
import { useJoin, useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { Sums, sumsOf } from './Sums';

/** The result in the rule's own words, and every step of the derivation. */
export function Answer({ answer }: { answer: RuleAnswer }) {
  const { t } = useTranslation('rules');
  const text = useText();
  const language = useLanguage();
  const words = new Map([
    ['yes', t('value.yes')],
    ['no', t('value.no')],
    ['ordinary', t('value.ordinary')],
    ['county', t('value.county')],
    ['central', t('value.central')],
    ['held', t('value.held')],
    ['excluded', t('value.excluded')],
    ['manual', t('value.manual')],
    ['retired', t('value.retired')],
    ['working', t('value.working')],
  ]);
  const wordsOf = (step: RuleStep) => {
    if (step.unit === 'fen') return money(Number(step.value), language);
    if (step.unit === 'years') return lengthWords(Number(step.value), language);
    if (step.unit === 'months') return t('unit.months', { months: step.value });
    return words.get(step.value) ?? partialDate(step.value, language);
  };
  const sums = sumsOf(answer.result);
  const steps = answer.derivation.map((step, at) => ({ ...step, at }));
  return (
    <>
      <h2>{t('result')}</h2>
      {sums ? (
        <Sums sums={sums} />
      ) : (
        <p className="trial-result">
          <strong>{text(answer.summary)}</strong>
        </p>
      )}
      <Counted result={answer.result} />
      <h2 className="trial-derivation">{t('derivation')}</h2>
      <DataTable<RuleStep & { at: number }>
        items={steps}
        rowKey={(step) => String(step.at)}
        minWidth={420}
        columns={[
          { key: 'step', title: t('column.step'), render: (step) => text(step.step) },
          {
            key: 'value',
            title: t('column.value'),
            width: 160,
            render: wordsOf,
          },
          {
            key: 'basis',
            title: t('column.basis'),
            width: 200,
            render: (step) =>
              step.clause || step.source.zh ? (
                <>
                  {text(step.source)} <Clause name={step.clause} />
                </>
              ) : (
                ''
              ),
          },
        ]}
      />
      <p className="quiet">{t('version', { version: answer.version })}</p>
    </>
  );
}

/** The days that working days were counted over, and whether they may still change. */
function Counted({ result }: { result: unknown }) {
  const { t } = useTranslation('rules');
  const language = useLanguage();
  const join = useJoin();
  const values = (typeof result === 'object' && result !== null ? result : {}) as Record<string, unknown>;
  if (!Array.isArray(values.counted)) return null;
  const counted = values.counted.map(String);
  return (
    <>
      <p className="quiet gap-below">
        {t('counted', { count: counted.length })}
        {join(counted.map((day) => partialDate(day, language)))}
      </p>
      {values.provisional === true && <Alert type="warning" showIcon title={t('provisional')} />}
    </>
  );
}
