import { useTranslation } from 'react-i18next';
import { useCase } from '../../api/cases';
import type { CaseView, PersonItem } from '../../api/types';
import { DueTag } from '../../shared/DueTag';
import { partialDate } from '../../shared/dates';
import { isPartyOffice } from '../../shared/due';
import { Panel } from '../../shared/Panel';
import { StateStamp } from '../../shared/StateStamp';
import { useJoin, useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';

/** The answer to a telephone call on one screen: where is it, who holds it, until when. */
export function PhoneCallView({ no, person }: { no: string | undefined; person: PersonItem | undefined }) {
  return (
    <div className="phone-call">
      {person && <PersonFacts person={person} />}
      {no ? <CaseAnswer no={no} /> : null}
    </div>
  );
}

function PersonFacts({ person }: { person: PersonItem }) {
  const { t } = useTranslation('frame');
  const language = useLanguage();
  const facts: [string, string][] = [
    [t('call.community'), person.communityName],
    [t('call.enterprise'), person.enterprise],
    [t('call.handedOver'), partialDate(person.handedOverOn, language)],
  ];
  return (
    <>
      <h3>{person.name}</h3>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || t('common:none')}</dd>
          </div>
        ))}
      </dl>
      {!person.openCase && <p>{t('call.noOpenCase')}</p>}
    </>
  );
}

function CaseAnswer({ no }: { no: string }) {
  const query = useCase(no);
  return <Panel query={query}>{(view) => <CaseFacts view={view} />}</Panel>;
}

function CaseFacts({ view }: { view: CaseView }) {
  const { t } = useTranslation('frame');
  const text = useText();
  const join = useJoin();
  const open = view.tasks.filter((task) => task.state === 'open');
  const current = view.plan.find((step) => step.state === 'current');
  return (
    <>
      <h3>
        {view.title} <StateStamp state={view.state} />
      </h3>
      <blockquote className="sentence">{text(view.sentence)}</blockquote>
      <dl className="facts">
        <div>
          <dt>{t('call.where')}</dt>
          <dd>{text(view.stageTitle) || t(`common:caseState.${view.state}`)}</dd>
        </div>
        <div>
          <dt>{t('call.who')}</dt>
          <dd>{join(open.map((task) => `${task.officeName} ${task.ownerName ?? ''}`.trim())) || t('common:none')}</dd>
        </div>
        <div>
          <dt>{t('call.until')}</dt>
          <dd>
            <DueTag due={open[0]?.due} days={open[0]?.dueDays} neutral={isPartyOffice(current?.officeKind)} />
          </dd>
        </div>
        <div>
          <dt>{t('call.no')}</dt>
          <dd>{view.no}</dd>
        </div>
      </dl>
    </>
  );
}
