import { useTranslation } from 'react-i18next';
import { useChildren } from '../api/cases';
import { CaseTable } from '../procedures/CaseTable';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';

/** The child cases: one intake per street, one reception per person. */
export function ChildrenTab({ no }: { no: string }) {
  const { t } = useTranslation('case');
  const query = useChildren(no);
  return (
    <Panel query={query}>
      {(data) => {
        const items = data.pages.flatMap((page) => page.items);
        if (items.length === 0) return <Empty title={t('children.empty')} hint={t('children.hint')} />;
        return (
          <>
            <CaseTable items={items} />
            <More query={query} />
          </>
        );
      }}
    </Panel>
  );
}
