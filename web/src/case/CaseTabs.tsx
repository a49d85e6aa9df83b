import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../api/types';
import { INTERIM_FORMS } from '../procedures/forms';
import { TabBar } from '../shared/TabBar';
import type { SendAct } from './actions/ActionBar';
import { ChildrenTab } from './ChildrenTab';
import { FilesTab } from './FilesTab';
import type { Draft } from './form/useDraft';
import { HandleTab } from './HandleTab';
import { JournalTab } from './JournalTab';
import { ArchivesTab } from './lines/ArchivesTab';
import { LinesTab } from './lines/LinesTab';
import type { Acts } from './myTask';
import { Timeline } from './Timeline';

/** The types whose cases carry people, and those of them that have child cases. */
const PARENTS = new Set(['handover', 'intake', 'transition']);
const BATCHES = new Set([...PARENTS, ...INTERIM_FORMS]);

interface Props {
  view: CaseView;
  acts: Acts;
  draft: Draft;
  tab: string;
  onTab: (tab: string) => void;
  onSend: SendAct;
}

export function CaseTabs({ view, acts, draft, tab, onTab, onSend }: Props) {
  const { t } = useTranslation('case');
  const batch = BATCHES.has(view.type);
  const contents: Record<string, () => ReactNode> = {
    handle: () => <HandleTab view={view} acts={acts} draft={draft} onSend={onSend} />,
    flow: () => <Timeline view={view} />,
    journal: () => <JournalTab view={view} />,
    files: () => <FilesTab view={view} acts={acts} />,
    ...(batch
      ? {
          lines: () => <LinesTab view={view} />,
          ...(PARENTS.has(view.type) ? { children: () => <ChildrenTab no={view.no} /> } : {}),
        }
      : {}),
    ...(view.type === 'archive' ? { lines: () => <ArchivesTab view={view} /> } : {}),
  };
  const active = contents[tab] ? tab : 'handle';
  const label = (key: string) => (key === 'files' ? `${t('tab.files')} ${view.attachments.length}` : t(`tab.${key}`));
  return (
    <div className="case-tabs">
      <TabBar
        label={t('tabs')}
        active={active}
        onChange={onTab}
        tabs={Object.keys(contents).map((key) => ({ key, label: label(key) }))}
      >
        {contents[active]?.()}
      </TabBar>
    </div>
  );
}
