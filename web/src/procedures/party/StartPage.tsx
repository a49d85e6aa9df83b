import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSubmitCase } from '../../api/cases';
import { usePeople } from '../../api/people';
import { useMe } from '../../api/session';
import type { PersonItem } from '../../api/types';
import { useDebounced } from '../../app/search/useDebounced';
import { DataTable } from '../../shared/DataTable';
import { More } from '../../shared/More';
import { Empty, Panel } from '../../shared/Panel';
import { useProblemWords } from '../../shared/tell';
import '../procedures.css';

/** The Party organisation responsible chooses the member whose relation is to be transferred. */
export function StartPage() {
  const { t } = useTranslation('procedures');
  const go = useNavigate();
  const words = useProblemWords();
  const posts = useMe().posts;
  const offices = posts.map((post) => post.office);
  // A street's committee proposes the organisations of its communities.
  const mayFound = posts.some(
    (post) => post.officeKind === 'party' && post.role === 'clerk' && /^\d{9}$/.test(post.region),
  );
  const [typed, setTyped] = useState('');
  const query = usePeople(useDebounced(typed.trim(), 250));
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('party.title')}</h1>
        {mayFound && (
          <Button loading={submit.isPending} onClick={() => submit.mutate({ type: 'party-branch' })}>
            {t('party.found')}
          </Button>
        )}
      </div>
      <p className="quiet gap-below">{t('party.hint')}</p>
      <div className="toolbar">
        <Input.Search
          allowClear
          className="party-search"
          aria-label={t('party.search')}
          placeholder={t('party.search')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      {submit.error && <Alert type="error" showIcon title={words(submit.error)} className="gap-below" />}
      <Panel query={query} lines={8}>
        {(data) => {
          // Whom another organisation answers for by now is that one's to transfer.
          const people = data.pages
            .flatMap((page) => page.items)
            .filter((person) => !person.partyHolder || offices.includes(person.partyOffice ?? ''));
          if (people.length === 0)
            return <Empty title={t('party.empty')} hint={t(typed ? 'party.emptySearch' : 'party.emptyHint')} />;
          return (
            <>
              <Members
                people={people}
                pending={submit.isPending ? (submit.variables?.subject ?? '') : ''}
                onStart={(person) => submit.mutate({ type: 'party', subject: person })}
              />
              <More query={query} />
            </>
          );
        }}
      </Panel>
    </div>
  );
}

interface MembersProps {
  people: PersonItem[];
  /** The member whose transfer is just being begun; empty for none. */
  pending: string;
  onStart: (person: string) => void;
}

function Members({ people, pending, onStart }: MembersProps) {
  const { t } = useTranslation(['procedures', 'people']);
  return (
    <DataTable
      items={people}
      rowKey={(person) => person.id}
      minWidth={640}
      columns={[
        {
          key: 'name',
          title: t('people:column.name'),
          width: 110,
          render: (person) => <Link to={`/people/${person.id}`}>{person.name}</Link>,
        },
        {
          key: 'id',
          title: t('people:column.idNumber'),
          width: 190,
          render: (person) => <span className="mono">{person.idNumber}</span>,
        },
        { key: 'community', title: t('people:column.community'), render: (person) => person.communityName },
        {
          key: 'start',
          title: '',
          width: 150,
          render: (person) =>
            person.partyCase ? (
              <Link to={`/cases/${person.partyCase}`}>{t('party.underWay')}</Link>
            ) : (
              <Button
                size="small"
                aria-label={t('party.startFor', { name: person.name })}
                loading={pending === person.id}
                disabled={pending !== ''}
                onClick={() => onStart(person.id)}
              >
                {t('party.start')}
              </Button>
            ),
        },
      ]}
    />
  );
}
