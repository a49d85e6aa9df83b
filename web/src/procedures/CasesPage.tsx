import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type CaseFilter, useCases } from '../api/cases';
import { useProcedures } from '../api/directory';
import { Chip } from '../shared/Chip';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { SavedViews } from '../shared/SavedViews';
import { useText } from '../shared/text';
import { useUrlState } from '../shared/useUrlState';
import { CaseTable } from './CaseTable';
import { StartMenu } from './StartMenu';
import './procedures.css';

const STATES = ['open', 'closed', 'rejected', 'not_accepted', 'withdrawn', 'suspended', 'expired'] as const;
/** What a saved view of the cases holds. */
const VIEW_KEYS = ['type', 'state', 'q', 'mine', 'due'] as const;

const DUES = ['overdue', 'today'] as const;

function dueOf(value: string | null): CaseFilter['due'] {
  return value === 'overdue' || value === 'today' || value === 'open' ? value : undefined;
}

/** 事项办理: every case the caller may see, filtered by the address. */
export function CasesPage() {
  const { t } = useTranslation('procedures');
  const text = useText();
  const [params, change] = useUrlState();
  const procedures = useProcedures().data ?? [];
  const due = dueOf(params.get('due'));
  const filter: CaseFilter = {
    type: params.get('type') ?? '',
    state: params.get('state') ?? '',
    q: params.get('q') ?? '',
    mine: params.get('mine') === 'true',
    ...(due ? { due } : {}),
  };
  const query = useCases(filter);
  const filtered = params.size > 0;
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('title')}</h1>
        <Link to="/procedures">{t('allProcedures')}</Link>
        <StartMenu />
      </div>
      <SavedViews page="cases" keys={VIEW_KEYS} />
      <div className="toolbar">
        <Input.Search
          allowClear
          className="wide-search"
          placeholder={t('filter.q')}
          aria-label={t('filter.q')}
          defaultValue={filter.q ?? ''}
          key={filter.q}
          onSearch={(q) => change({ q: q.trim() })}
        />
        <Select
          allowClear
          aria-label={t('filter.type')}
          placeholder={t('filter.type')}
          value={filter.type || undefined}
          onChange={(type: string | undefined) => change({ type })}
          popupMatchSelectWidth={false}
          options={procedures.map((procedure) => ({ value: procedure.type, label: text(procedure.title) }))}
        />
        <Select
          allowClear
          aria-label={t('filter.state')}
          placeholder={t('filter.state')}
          value={filter.state || undefined}
          onChange={(state: string | undefined) => change({ state })}
          popupMatchSelectWidth={false}
          options={STATES.map((state) => ({ value: state, label: t(`common:caseState.${state}`) }))}
        />
        <Chip on={filter.mine === true} onClick={() => change({ mine: filter.mine ? undefined : 'true' })}>
          {t('filter.mine')}
        </Chip>
        {DUES.map((each) => (
          <Chip key={each} on={due === each} onClick={() => change({ due: due === each ? undefined : each })}>
            {t(`filter.${each}`)}
          </Chip>
        ))}
      </div>
      <section className="box">
        <Panel query={query} lines={8}>
          {(data) => {
            const items = data.pages.flatMap((page) => page.items);
            if (items.length === 0) {
              return filtered ? (
                <Empty
                  title={t('list.noMatch')}
                  action={
                    <Link to="/cases">
                      <Button>{t('common:clearFilter')}</Button>
                    </Link>
                  }
                />
              ) : (
                <Empty title={t('list.empty')} hint={t('list.emptyHint')} action={<StartMenu />} />
              );
            }
            return (
              <>
                <CaseTable items={items} />
                <More query={query} />
              </>
            );
          }}
        </Panel>
      </section>
    </div>
  );
}
