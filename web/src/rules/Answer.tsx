import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RuleAnswer, RuleStep } from '../api/rules';
import { Clause } from '../shared/Clause';
import { DataTable } from '../shared/DataTable';
import { partialDate } from '../shared/dates';
import { useJoin, useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';

/** The result in words where the rule is known, else its values; and every step of the derivation. */
export function Answer({ answer }: { answer: RuleAnswer }) {
  const { t } = useTranslation('rules');
  const text = useText();
  const language = useLanguage();
  const steps = answer.derivation.map((step, at) => ({ ...step, at }));
  return (
    <>
      <h2>{t('result')}</h2>
      <Result result={answer.result} />
      <h2 className="trial-derivation">{t('derivation')}</h2>
      <DataTable<RuleStep & { at: number }>
        items={steps}
        rowKey={(step) => String(step.at)}
        minWidth={420}
        columns={[
          { key: 'step', title: t('column.step'), render: (step) => text(step.step) },
          { key: 'value', title: t('column.value'), width: 160, render: (step) => partialDate(step.value, language) },
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

function Result({ result }: { result: unknown }) {
  const { t } = useTranslation('rules');
  const language = useLanguage();
  const join = useJoin();
  const values = (typeof result === 'object' && result !== null ? result : {}) as Record<string, unknown>;
  if (typeof values.due === 'string') {
    const counted = Array.isArray(values.counted) ? values.counted.map(String) : [];
    return (
      <>
        <p className="trial-result">
          {t('due')} <strong>{partialDate(values.due, language)}</strong>
        </p>
        <p className="quiet gap-below">
          {t('counted', { count: counted.length })}
          {join(counted.map((day) => partialDate(day, language)))}
        </p>
        {values.provisional === true && <Alert type="warning" showIcon title={t('provisional')} />}
      </>
    );
  }
  return (
    <dl className="facts-line">
      {Object.entries(values).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
