import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useProcedures } from '../api/directory';
import { usePerson } from '../api/people';
import { useAllowed } from '../api/session';
import type { PersonView } from '../api/types';
import { CaseTable } from '../procedures/CaseTable';
import { partialDate } from '../shared/dates';
import { Panel } from '../shared/Panel';
import { useJoin, useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { ArchiveBox } from './ArchiveBox';
import { CorrectNumber } from './CorrectNumber';
import { DeathBox, ReportDeath } from './DeathBox';
import { Destinations } from './Destinations';
import { History } from './History';
import { Masked } from './Masked';
import { PartyBox } from './PartyBox';
import { SecondClaim } from './SecondClaim';
import { StartCase } from './StartCase';
import './people.css';

/** One person: who cares for them, in which form, since when; history and cases. */
export function PersonPage() {
  const { id = '' } = useParams();
  const query = usePerson(id);
  return (
    <div className="page">
      <Panel query={query} lines={8}>
        {(person) => <Person person={person} />}
      </Panel>
    </div>
  );
}

function Person({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const text = useText();
  const join = useJoin();
  const language = useLanguage();
  const allowed = useAllowed();
  const mayStart =
    useProcedures().data?.some((procedure) => procedure.type === 'handover' && procedure.mayStart) ?? false;
  const mayClaim =
    useProcedures().data?.some((procedure) => procedure.type === 'benefit' && procedure.mayStart) ?? false;
  const reveal = (field: 'id_number' | 'phone') => allowed('person.reveal') && person.revealableFields.includes(field);
  const management: [string, string, string][] = [
    person.bodyName
      ? ['body', t('person.body'), person.bodyName]
      : ['community', t('person.community'), person.communityName || t('notYet')],
    ['form', t('person.form'), person.form ? `${person.form} ${text(person.formTitle)}` : t('notYet')],
    ['date', t('person.handedOver'), partialDate(person.handedOverOn, language) || t('notYet')],
    ['card', t('person.contactCard'), person.contactCard],
  ];
  const facts: [string, string][] = [
    [t('person.sex'), person.sex],
    [t('person.birth'), partialDate(person.birth, language)],
    [t('person.residence'), person.residence],
    [t('person.hukou'), person.hukou],
    [t('person.enterprise'), person.enterprise],
    [t('person.retiredOn'), partialDate(person.retiredOn, language)],
    [t('person.payingAgency'), person.payingAgency],
    [t('person.party'), person.partyMember ?? ''],
    [t('person.special'), join(person.special ?? [])],
  ];
  return (
    <>
      <div className="page-head">
        <h1 className="grow">{person.name}</h1>
        {mayStart &&
          allowed('case.submit') &&
          !person.communityName &&
          !person.group &&
          !person.openCase &&
          !person.death && (
            <Link to={`/procedures/handover/individual?subject=${person.id}`}>
              <Button>{t('person.startHandover')}</Button>
            </Link>
          )}
        <ReportDeath person={person} />
        {person.benefitDue && mayClaim && <StartCase type="benefit" person={person} label={t('person.claimBenefit')} />}
        {person.benefitClaimed && mayClaim && <SecondClaim person={person} />}
      </div>
      <DeathBox person={person} />
      <Destinations person={person} />
      <section className="box" aria-label={t('person.management')}>
        <h2>{t('person.management')}</h2>
        <dl className="facts">
          {management
            .filter(([, , value]) => value)
            .map(([key, label, value]) => (
              <div key={key} data-fact={key}>
                <dt>{label}</dt>
                <dd>
                  {key === 'body' && allowed('person.read') ? (
                    <Link to={`/groups/${person.group}`}>{value}</Link>
                  ) : (
                    value
                  )}
                </dd>
              </div>
            ))}
        </dl>
      </section>
      <ArchiveBox person={person} />
      <PartyBox person={person} />
      <section className="box" aria-label={t('person.details')}>
        <h2>{t('person.details')}</h2>
        <dl className="facts">
          <div>
            <dt>{t('column.idNumber')}</dt>
            <dd>
              <Masked person={person.id} field="id_number" masked={person.idNumber} revealable={reveal('id_number')} />
              <CorrectNumber person={person} />
            </dd>
          </div>
          {person.phone && (
            <div>
              <dt>{t('person.phone')}</dt>
              <dd>
                <Masked person={person.id} field="phone" masked={person.phone} revealable={reveal('phone')} />
              </dd>
            </div>
          )}
          {facts
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </section>
      <section className="box" aria-label={t('person.history')}>
        <h2>{t('person.history')}</h2>
        <History history={person.history} />
      </section>
      <section className="box" aria-label={t('person.cases')}>
        <h2>{t('person.cases')}</h2>
        {person.cases.length === 0 ? (
          <p className="quiet">{t('person.noCases')}</p>
        ) : (
          <CaseTable items={person.cases} />
        )}
      </section>
    </>
  );
}
