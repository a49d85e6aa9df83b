import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonView } from '../api/types';
import { partialDate } from '../shared/dates';
import { Moment } from '../shared/Moment';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { ArchiveActs } from './ArchiveActs';
import { Custody } from './Custody';

/** Who holds the person's archive, since when, and every change of hands with both signatures. */
export function ArchiveBox({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const text = useText();
  const language = useLanguage();
  const archive = person.archive;
  const loan = archive?.loan;
  const hold = archive?.hold;
  const date = (value: string | undefined) => partialDate(value ?? '', language);
  const facts: [string, string, string][] = archive
    ? [
        ['holder', t('archive.holder'), archive.holder],
        ['state', t('archive.state'), text(archive.stateTitle)],
        ['number', t('archive.number'), archive.number],
        ['shelf', t('archive.shelf'), archive.shelf],
        ['review', t('archive.review'), date(archive.reviewOn)],
        ['borrower', t('archive.borrower'), loan && !loan.returnedOn ? loan.borrower : ''],
        ['due-back', t('archive.dueBack'), loan && !loan.returnedOn ? date(loan.dueOn) : ''],
        [
          'last-loan',
          t('archive.lastLoan'),
          loan?.returnedOn
            ? t('archive.lastLoanWords', {
                borrower: loan.borrower,
                from: date(loan.lentOn),
                to: date(loan.returnedOn),
                condition: loan.condition ? text(loan.condition) : '',
              })
            : '',
        ],
        [
          'defects',
          t('archive.defects'),
          loan?.defects ? t('archive.makeGood', { defects: loan.defects, date: date(loan.makeGoodBy) }) : '',
        ],
        [
          'letter',
          t('archive.letter'),
          hold?.letterIssuer
            ? t('archive.letterWords', { number: hold.letterNumber, issuer: hold.letterIssuer })
            : (hold?.letterNumber ?? ''),
        ],
        [
          'reason',
          t('archive.reason'),
          [hold?.reason ? text(hold.reason) : '', hold?.particulars].filter(Boolean).join(' · '),
        ],
        [
          'recorded',
          t('archive.recorded'),
          archive.recordedOn ? `${archive.recordedBy ?? ''} ${date(archive.recordedOn)}` : '',
        ],
      ]
    : [];
  return (
    <section className="box" aria-label={t('archive.title')}>
      <div className="box-head">
        <h2 className="grow">{t('archive.title')}</h2>
        <ArchiveActs person={person} />
      </div>
      {!archive ? (
        <p className="quiet">{t('archive.unknown')}</p>
      ) : (
        <>
          <dl className="facts">
            {facts
              .filter(([, , value]) => value)
              .map(([key, label, value]) => (
                <div key={key} data-fact={`archive-${key}`}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            <div>
              <dt>{t('archive.since')}</dt>
              <dd>
                <Moment at={archive.since} />
              </dd>
            </div>
            {loan && !loan.returnedOn && (
              <div data-fact="archive-loan">
                <dt>{t('archive.lentCase')}</dt>
                <dd>
                  <Link to={`/cases/${loan.case}`}>{loan.case}</Link>
                </dd>
              </div>
            )}
          </dl>
          <h3>{t('archive.custody')}</h3>
          <Custody changes={archive.custody} first={(name) => t('archive.received', { received: name })} />
        </>
      )}
    </section>
  );
}
