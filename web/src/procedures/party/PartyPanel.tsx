import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '../../api/types';
import { specOf } from '../../case/form/FormFacts';
import { ValueWords } from '../../case/form/ValueWords';
import { Clause } from '../../shared/Clause';
import { DataTable } from '../../shared/DataTable';
import { partialDate } from '../../shared/dates';
import { Moment } from '../../shared/Moment';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';
import { type Evidence, evidenceOf, known } from './route';

/** Who is responsible for the member, where the relation goes and on what evidence, and the letters. */
export function PartyPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const party = view.party;
  if (!party) return null;
  return (
    <>
      <section className="box" aria-label={t('party.responsible')}>
        <dl className="facts">
          <div data-fact="party-holder">
            <dt>{t('party.responsible')}</dt>
            <dd>{party.holder}</dd>
          </div>
          {party.branch && (
            <div>
              <dt>{t('party.branch')}</dt>
              <dd>{party.branch}</dd>
            </div>
          )}
          <div>
            <dt>{t('party.since')}</dt>
            <dd>
              <Moment at={party.since} />
            </dd>
          </div>
        </dl>
        {view.subject && <Link to={`/people/${view.subject}`}>{t('party.person')}</Link>}
      </section>
      <Route view={view} />
      {party.letters.length > 0 && <Letters letters={party.letters} />}
    </>
  );
}

/** The rule, where it leads and every step that was looked at, once they are found. */
function Route({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const rule = known(view, 'rule');
  if (!rule) return null;
  const words = (key: string, value: unknown) => {
    // The decided destination is worded with the options of the stage that decides.
    const fields = view.formFields.filter((field) => field.key === key);
    const field = fields.find((each) => each.options?.some((option) => option.value === value)) ?? fields[0];
    return field ? <ValueWords spec={specOf(field)} value={value} /> : null;
  };
  const answers = new Map([
    ['yes', t('case:answer.yes')],
    ['no', t('case:answer.no')],
    ['manual', t('party.byPeople')],
  ]);
  const steps = evidenceOf(known(view, 'evidence')).map((step, at) => ({ ...step, at }));
  return (
    <section className="box" aria-label={t('party.route')}>
      <h2>{t('party.route')}</h2>
      <p data-fact="party-rule">
        <strong>{words('rule', rule)}</strong>
      </p>
      <p className="quiet" data-fact="party-destination">
        {t('party.destination')}
        {words('destination', known(view, 'destination'))}
      </p>
      <DataTable<Evidence & { at: number }>
        items={steps}
        rowKey={(step) => String(step.at)}
        minWidth={320}
        columns={[
          {
            key: 'step',
            title: t('party.step'),
            render: (step) => (language === 'en' ? step.stepEN : step.step),
          },
          {
            key: 'value',
            title: t('party.value'),
            width: 150,
            render: (step) => answers.get(step.value) ?? step.value,
          },
          {
            key: 'clause',
            title: t('party.clause'),
            width: 120,
            render: (step) => (/^S\d/.test(step.clause) ? <Clause name={step.clause} /> : t('party.silent')),
          },
        ]}
      />
    </section>
  );
}

type Letter = NonNullable<CaseView['party']>['letters'][number];

function Letters({ letters }: { letters: Letter[] }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  const language = useLanguage();
  return (
    <section className="box" aria-label={t('party.letters')}>
      <h2>{t('party.letters')}</h2>
      <DataTable<Letter>
        items={letters}
        rowKey={(letter) => letter.number}
        minWidth={640}
        columns={[
          {
            key: 'number',
            title: t('party.number'),
            render: (letter) => <span className="mono">{letter.number}</span>,
          },
          { key: 'way', title: t('party.way'), width: 100, render: (letter) => t(`party.ways.${letter.way}`) },
          { key: 'to', title: t('party.addressee'), render: (letter) => letter.addressee },
          {
            key: 'validity',
            title: t('party.validity'),
            width: 150,
            render: (letter) =>
              t('party.until', { date: partialDate(letter.expiresOn, language), days: letter.validDays }),
          },
          {
            key: 'state',
            title: t('party.state'),
            width: 140,
            render: (letter) => (
              <>
                {text(letter.stateTitle)}
                {letter.reason && <div className="quiet">{letter.reason}</div>}
                {letter.receiptNumber && (
                  <div className="quiet">{t('party.receipt', { number: letter.receiptNumber })}</div>
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
