import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSubmitCase } from '../../api/cases';
import { usePeople } from '../../api/people';
import type { PersonItem } from '../../api/types';
import { DataTable } from '../../shared/DataTable';
import { More } from '../../shared/More';
import { Empty, Panel } from '../../shared/Panel';
import { useProblemWords } from '../../shared/tell';
import '../procedures.css';

/** An enterprise chooses whose archives set out together. */
export function StartPage() {
  const { t } = useTranslation('procedures');
  const go = useNavigate();
  const words = useProblemWords();
  const query = usePeople('', { limit: 200 });
  const [chosen, setChosen] = useState<string[]>([]);
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('archives.title')}</h1>
      </div>
      <p className="quiet gap-below">{t('archives.hint')}</p>
      <Panel query={query} lines={8}>
        {(data) => {
          const people = data.pages
            .flatMap((page) => page.items)
            .filter((person) => !person.archive || person.archive === 'with_enterprise');
          if (people.length === 0) return <Empty title={t('archives.empty')} hint={t('archives.emptyHint')} />;
          return (
            <>
              <div className="toolbar">
                <Checkbox
                  checked={chosen.length === people.length}
                  indeterminate={chosen.length > 0 && chosen.length < people.length}
                  onChange={(event) => setChosen(event.target.checked ? people.map((person) => person.id) : [])}
                >
                  {t('archives.chosen', { count: chosen.length })}
                </Checkbox>
                <span className="grow" />
                <Button
                  type="primary"
                  disabled={chosen.length === 0}
                  loading={submit.isPending}
                  onClick={() => submit.mutate({ type: 'archive', form: { people: chosen } })}
                >
                  {t('archives.submit', { count: chosen.length })}
                </Button>
              </div>
              {submit.error && <Alert type="error" showIcon title={words(submit.error)} className="gap-below" />}
              <PeopleTable people={people} chosen={chosen} onChoose={setChosen} />
              <More query={query} />
            </>
          );
        }}
      </Panel>
    </div>
  );
}

interface TableProps {
  people: PersonItem[];
  chosen: string[];
  onChoose: (chosen: string[]) => void;
}

function PeopleTable({ people, chosen, onChoose }: TableProps) {
  const { t } = useTranslation(['procedures', 'people']);
  return (
    <DataTable
      items={people}
      rowKey={(person) => person.id}
      minWidth={720}
      columns={[
        {
          key: 'choose',
          title: '',
          width: 48,
          render: (person) => (
            <Checkbox
              aria-label={t('archives.choose', { name: person.name })}
              checked={chosen.includes(person.id)}
              onChange={(event) =>
                onChoose(event.target.checked ? [...chosen, person.id] : chosen.filter((id) => id !== person.id))
              }
            />
          ),
        },
        { key: 'name', title: t('people:column.name'), width: 110, render: (person) => person.name },
        {
          key: 'id',
          title: t('people:column.idNumber'),
          width: 190,
          render: (person) => <span className="mono">{person.idNumber}</span>,
        },
        { key: 'community', title: t('people:column.community'), render: (person) => person.communityName },
        {
          key: 'archive',
          title: t('archives.where'),
          render: (person) => (person.archive ? t(`people:archive.states.${person.archive}`) : t('archives.unknown')),
        },
      ]}
    />
  );
}
