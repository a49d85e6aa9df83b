import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSubmitCase } from '../api/cases';
import { useProcedures } from '../api/directory';
import { useAllowed, useMe } from '../api/session';
import type { PersonView } from '../api/types';
import { Moment } from '../shared/Moment';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';
import { Custody } from './Custody';

/** Which Party organisation answers for the member, and every change of it; for Party roles alone. */
export function PartyBox({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const text = useText();
  const party = person.party;
  const mayStart = useProcedures().data?.some((procedure) => procedure.type === 'party' && procedure.mayStart) ?? false;
  const offices = useMe().posts.map((post) => post.office);
  if (!party && !(mayStart && person.partyMember)) return null;
  // Only the organisation responsible begins a transfer.
  const mine = !party || offices.includes(party.holderOffice ?? '');
  const underWay = person.cases.find((each) => each.type === 'party' && each.state === 'open');
  return (
    <section className="box" aria-label={t('party.title')}>
      <div className="box-head">
        <h2 className="grow">{t('party.title')}</h2>
        {underWay ? (
          <Link to={`/cases/${underWay.no}`}>{t('party.underWay')}</Link>
        ) : (
          mayStart && mine && <StartTransfer person={person} />
        )}
      </div>
      {!party ? (
        <p className="quiet">{t('party.unknown')}</p>
      ) : (
        <>
          <dl className="facts">
            <div data-fact="party-holder">
              <dt>{t('party.holder')}</dt>
              <dd>{party.holder}</dd>
            </div>
            {party.branch && (
              <div data-fact="party-branch">
                <dt>{t('party.branch')}</dt>
                <dd>{party.branch}</dd>
              </div>
            )}
            <div>
              <dt>{t('party.status')}</dt>
              <dd>{text(party.memberStatusTitle)}</dd>
            </div>
            <div>
              <dt>{t('party.since')}</dt>
              <dd>
                <Moment at={party.since} />
              </dd>
            </div>
          </dl>
          <h3>{t('party.responsibilities')}</h3>
          <Custody changes={party.responsibilities} first={(name) => t('party.recorded', { name })} />
        </>
      )}
    </section>
  );
}

/** For the organisation responsible. */
function StartTransfer({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const go = useNavigate();
  const words = useProblemWords();
  const allowed = useAllowed();
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  if (!allowed('case.submit')) return null;
  return (
    <>
      {submit.error && <span role="alert">{words(submit.error)}</span>}
      <Button loading={submit.isPending} onClick={() => submit.mutate({ type: 'party', subject: person.id })}>
        {t('party.start')}
      </Button>
    </>
  );
}
