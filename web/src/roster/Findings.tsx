import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRosterRows } from '../api/rosters';
import type { RosterView } from '../api/types';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { TabBar } from '../shared/TabBar';
import { useUrlState } from '../shared/useUrlState';
import { countOf, filterOf, type RowTab, TABS, tabOf } from './findings';
import { RowTable } from './RowTable';

/** The dry run: every row by what is to be done with it, filtered by the kind of finding. */
export function Findings({ roster }: { roster: RosterView }) {
  const { t } = useTranslation('roster');
  const [params, change] = useUrlState();
  const tab = tabOf(params.get('tab'));
  const code = params.get('code') ?? '';
  const codes = Object.entries(roster.codes).sort(([, a], [, b]) => b - a);
  return (
    <section className="box" aria-label={t('findings.title')}>
      <TabBar
        label={t('findings.title')}
        active={tab}
        onChange={(next) => change({ tab: next === 'all' ? undefined : next, code: undefined })}
        tabs={TABS.map((key) => ({ key, label: `${t(`tab.${key}`)} ${countOf(key, roster)}` }))}
      >
        {codes.length > 0 && (
          <div className="toolbar">
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('findings.byCode')}
              placeholder={t('findings.byCode')}
              value={code || undefined}
              onChange={(value: string | undefined) => change({ code: value })}
              popupMatchSelectWidth={false}
              className="code-filter"
              options={codes.map(([value, count]) => ({
                value,
                label: `${t(`code.${value}`, { defaultValue: value })} ${count}`,
              }))}
            />
          </div>
        )}
        <Rows roster={roster} tab={tab} code={code} />
      </TabBar>
    </section>
  );
}

function Rows({ roster, tab, code }: { roster: RosterView; tab: RowTab; code: string }) {
  const { t } = useTranslation('roster');
  const [, change] = useUrlState();
  // A correction or a discard changes the totals; then the rows are read anew.
  const version = JSON.stringify([roster.totals, roster.notPart, roster.codes]);
  const query = useRosterRows(roster.id, filterOf(tab, code), version);
  return (
    <Panel query={query} lines={6}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items);
        if (rows.length === 0) {
          return (
            <Empty
              title={t(code ? 'findings.noneOfCode' : `findings.none_${tab}`)}
              action={code && <Button onClick={() => change({ code: undefined })}>{t('common:clearFilter')}</Button>}
            />
          );
        }
        return (
          <>
            <RowTable rows={rows} />
            <p className="quiet list-foot">
              {t('findings.shown', { shown: rows.length, total: data.pages[0]?.total ?? rows.length })}
            </p>
            <More query={query} />
          </>
        );
      }}
    </Panel>
  );
}
