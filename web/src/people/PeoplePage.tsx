import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePeople } from '../api/people';
import type { PersonItem } from '../api/types';
import { DataTable } from '../shared/DataTable';
import { partialDate } from '../shared/dates';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { useLanguage } from '../shared/useLanguage';
import { useUrlState } from '../shared/useUrlState';

/** The registry, searched by a whole name or the last four of the ID number. */
export function PeoplePage() {
  const { t } = useTranslation('people');
  const [params, change] = useUrlState();
  const q = params.get('q') ?? '';
  const query = usePeople(q);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('title')}</h1>
      </div>
      <div className="toolbar">
        <Input.Search
          allowClear
          autoFocus
          enterButton={t('search')}
          style={{ maxWidth: 420 }}
          placeholder={t('placeholder')}
          aria-label={t('placeholder')}
          defaultValue={q}
          key={q}
          onSearch={(value) => change({ q: value.trim() })}
        />
        <span className="quiet">{t('hint')}</span>
      </div>
      <section className="box">
        <Panel query={query} lines={8}>
          {(data) => {
            const people = data.pages.flatMap((page) => page.items);
            if (people.length === 0) {
              return q ? (
                <Empty
                  title={t('noMatch')}
                  hint={t('noMatchHint')}
                  action={<Button onClick={() => change({ q: undefined })}>{t('common:clearFilter')}</Button>}
                />
              ) : (
                <Empty title={t('empty')} hint={t('emptyHint')} />
              );
            }
            return (
              <>
                <PeopleTable people={people} />
                <More query={query} />
              </>
            );
          }}
        </Panel>
      </section>
    </div>
  );
}

function PeopleTable({ people }: { people: PersonItem[] }) {
  const { t } = useTranslation('people');
  const language = useLanguage();
  return (
    <DataTable
      items={people}
      rowKey={(person) => person.id}
      minWidth={860}
      columns={[
        {
          key: 'name',
          title: t('column.name'),
          width: 110,
          render: (person) => <Link to={`/people/${person.id}`}>{person.name}</Link>,
        },
        {
          key: 'id',
          title: t('column.idNumber'),
          width: 190,
          render: (person) => <span className="mono">{person.idNumber}</span>,
        },
        {
          key: 'community',
          title: t('column.community'),
          render: (person) => person.communityName || person.bodyName || <span className="quiet">{t('notYet')}</span>,
        },
        {
          key: 'date',
          title: t('column.handedOver'),
          width: 130,
          render: (person) => partialDate(person.handedOverOn, language),
        },
        { key: 'enterprise', title: t('column.enterprise'), render: (person) => person.enterprise },
        {
          key: 'open',
          title: t('column.openCase'),
          width: 250,
          render: (person) =>
            person.openCase ? <Link to={`/cases/${person.openCase}`}>{person.openCase}</Link> : null,
        },
      ]}
    />
  );
}
