import { Button, Input, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePeople } from '../api/people';
import type { PersonItem } from '../api/types';
import { partialDate } from '../shared/dates';
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
                {query.hasNextPage && (
                  <div className="more">
                    <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                      {t('common:more')}
                    </Button>
                  </div>
                )}
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
    <Table<PersonItem>
      size="small"
      rowKey="id"
      dataSource={people}
      pagination={false}
      scroll={{ x: 860 }}
      columns={[
        {
          title: t('column.name'),
          width: 110,
          render: (_, person) => <Link to={`/people/${person.id}`}>{person.name}</Link>,
        },
        {
          title: t('column.idNumber'),
          width: 190,
          render: (_, person) => <span className="mono">{person.idNumber}</span>,
        },
        {
          title: t('column.community'),
          render: (_, person) => person.communityName || <span className="quiet">{t('notYet')}</span>,
        },
        {
          title: t('column.handedOver'),
          width: 130,
          render: (_, person) => partialDate(person.handedOverOn, language),
        },
        { title: t('column.enterprise'), render: (_, person) => person.enterprise },
        {
          title: t('column.openCase'),
          width: 220,
          render: (_, person) =>
            person.openCase ? <Link to={`/cases/${person.openCase}`}>{person.openCase}</Link> : null,
        },
      ]}
    />
  );
}
