import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useSubmitCase } from '../api/cases';
import { useProcedures } from '../api/directory';
import { type ManagedGroupView, useGroup } from '../api/groups';
import { useAllowed, useMe } from '../api/session';
import { partialDate } from '../shared/dates';
import { Moment } from '../shared/Moment';
import { Panel } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { GroupPeople } from './GroupPeople';
import { ReviewDate } from './ReviewDate';
import { TransitionDialog } from './TransitionDialog';
import './groups.css';

/** One registered group: who manages whom, until when, and what has been done about it. */
export function GroupPage() {
  const { id = '' } = useParams();
  const query = useGroup(id);
  return (
    <div className="page">
      <Panel query={query} lines={8}>
        {(group) => <Group group={group} />}
      </Panel>
    </div>
  );
}

function Group({ group }: { group: ManagedGroupView }) {
  const { t } = useTranslation('groups');
  const text = useText();
  const language = useLanguage();
  const facts: [string, React.ReactNode][] = [
    [
      'number',
      <span key="number" className="mono">
        {group.number}
      </span>,
    ],
    ['form', `${group.form} ${text(group.formTitle)}`],
    ['enterprise', group.enterpriseName],
    ['people', t('people', { count: group.people })],
    ['registered', partialDate(group.registeredOn, language)],
    ['review', group.reviewOn && <ReviewDate key="review" group={group} />],
    ['conclusion', group.conclusion && t(`conclusion.${group.conclusion}`)],
    ['closed', partialDate(group.closedOn ?? '', language)],
  ];
  return (
    <>
      <div className="page-head">
        <h1 className="grow">{group.bodyName}</h1>
        <Starts group={group} />
      </div>
      <section className="box" aria-label={t('facts')}>
        <dl className="facts">
          {facts
            .filter(([, value]) => value)
            .map(([key, value]) => (
              <div key={key} data-fact={key}>
                <dt>{t(`fact.${key}`)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </section>
      <section className="box" aria-label={t('cases')}>
        <h2>{t('cases')}</h2>
        {group.cases.length === 0 ? (
          <p className="quiet">{t('noCases')}</p>
        ) : (
          <ul className="rows">
            {group.cases.map((each) => (
              <li key={each.no} className="group-case">
                <Link to={`/cases/${each.no}`}>{each.no}</Link>
                <span>{text(each.typeTitle)}</span>
                <span className="quiet">
                  {t(`common:caseState.${each.state}`)} · <Moment at={each.endedAt ?? each.submittedAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {group.state === 'registered' && <GroupPeople group={group} />}
    </>
  );
}

/** What the clerk of the bureau that registered the group may begin. */
function Starts({ group }: { group: ManagedGroupView }) {
  const { t } = useTranslation('groups');
  const go = useNavigate();
  const words = useProblemWords();
  const allowed = useAllowed();
  const offices = useMe().posts.map((post) => post.office);
  const [moving, setMoving] = useState(false);
  const mayStart = useProcedures().data?.some((each) => each.type === 'transition' && each.mayStart) ?? false;
  const review = useSubmitCase((created) => void go(`/cases/${created.no}`));
  if (!mayStart || !allowed('case.submit') || group.state !== 'registered' || !offices.includes(group.bureau))
    return null;
  return (
    <>
      {review.error && <Alert type="error" showIcon title={words(review.error)} />}
      {group.review ? (
        <Link to={`/cases/${group.review}`}>
          <Button>{t('underReview')}</Button>
        </Link>
      ) : (
        <Button
          loading={review.isPending}
          onClick={() => review.mutate({ type: 'form-review', form: { group: group.id } })}
        >
          {t('startReview')}
        </Button>
      )}
      <Button type="primary" onClick={() => setMoving(true)}>
        {t('startTransition')}
      </Button>
      {moving && <TransitionDialog group={group} onClose={() => setMoving(false)} />}
    </>
  );
}
