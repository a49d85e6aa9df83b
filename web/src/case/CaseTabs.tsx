import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../api/types';
import { ChildrenTab } from './ChildrenTab';
import { FilesTab } from './FilesTab';
import type { Draft } from './form/useDraft';
import { HandleTab } from './HandleTab';
import { JournalTab } from './JournalTab';
import { LinesTab } from './lines/LinesTab';
import type { Acts } from './myTask';
import { Timeline } from './Timeline';

interface Props {
  view: CaseView;
  acts: Acts;
  draft: Draft;
  tab: string;
  onTab: (tab: string) => void;
}

export function CaseTabs({ view, acts, draft, tab, onTab }: Props) {
  const { t } = useTranslation('case');
  const batch = view.type === 'handover' || view.type === 'intake';
  const items = [
    { key: 'handle', label: t('tab.handle'), children: <HandleTab view={view} acts={acts} draft={draft} /> },
    { key: 'flow', label: t('tab.flow'), children: <Timeline view={view} /> },
    { key: 'journal', label: t('tab.journal'), children: <JournalTab no={view.no} /> },
    {
      key: 'files',
      label: `${t('tab.files')} ${view.attachments.length}`,
      children: <FilesTab view={view} acts={acts} />,
    },
    ...(batch
      ? [
          { key: 'lines', label: t('tab.lines'), children: <LinesTab view={view} /> },
          { key: 'children', label: t('tab.children'), children: <ChildrenTab no={view.no} /> },
        ]
      : []),
  ];
  const known = items.some((item) => item.key === tab) ? tab : 'handle';
  return <Tabs className="case-tabs" activeKey={known} onChange={onTab} items={items} destroyOnHidden />;
}
