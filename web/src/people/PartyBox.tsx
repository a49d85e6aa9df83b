import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useProcedures } from '../api/directory';
import { useMe } from '../api/session';
import type { PersonView } from '../api/types';
import { Moment } from '../shared/Moment';
import { useText } from '../shared/text';
import { Custody } from './Custody';
import { StartCase } from './StartCase';

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
          mayStart && mine && <StartCase type="party" person={person} label={t('party.start')} />
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
