import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ManagedGroup, useGroupPeople } from '../api/groups';
import { DataTable } from '../shared/DataTable';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';

/** The people of a group, and who of them is on the way to a community. */
export function GroupPeople({ group }: { group: ManagedGroup }) {
  const { t } = useTranslation('groups');
  const query = useGroupPeople(group.id);
  return (
    <section className="box" aria-label={t('peopleTitle')}>
      <h2>{t('peopleTitle')}</h2>
      <Panel query={query} lines={4}>
        {(data) => {
          const people = data.pages.flatMap((page) => page.items);
          if (people.length === 0) return <Empty title={t('noPeople')} />;
          return (
            <>
              <DataTable
                items={people}
                rowKey={(person) => person.id}
                minWidth={720}
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
                  { key: 'residence', title: t('people:person.residence'), render: (person) => person.residence },
                  { key: 'street', title: t('column.street'), width: 180, render: (person) => person.streetName },
                  {
                    key: 'transition',
                    title: t('column.transition'),
                    width: 240,
                    render: (person) =>
                      person.transition ? <Link to={`/cases/${person.transition}`}>{person.transition}</Link> : null,
                  },
                ]}
              />
              <More query={query} />
            </>
          );
        }}
      </Panel>
    </section>
  );
}
