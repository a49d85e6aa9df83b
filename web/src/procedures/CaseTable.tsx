import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseItem } from '../api/types';
import { DataTable } from '../shared/DataTable';
import { DueTag } from '../shared/DueTag';
import { isPartyOffice } from '../shared/due';
import { Moment } from '../shared/Moment';
import { StateStamp } from '../shared/StateStamp';
import { useStageOffice } from '../shared/stages';
import { useText } from '../shared/text';

/** Cases in a dense table: what, where it is, who holds it, until when. */
export function CaseTable({ items }: { items: CaseItem[] }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  return (
    <DataTable
      items={items}
      rowKey={(item) => item.no}
      minWidth={900}
      columns={[
        {
          key: 'case',
          title: t('table.case'),
          render: (item) => (
            <>
              <Link to={`/cases/${item.no}`}>{item.title}</Link>
              <div className="quiet mono">{item.no}</div>
            </>
          ),
        },
        { key: 'type', title: t('table.type'), width: 170, render: (item) => text(item.typeTitle) },
        { key: 'state', title: t('table.state'), width: 120, render: (item) => <StateStamp state={item.state} /> },
        {
          key: 'where',
          title: t('table.where'),
          width: 210,
          render: (item) =>
            item.endedAt ? null : (
              <>
                {text(item.stageTitle)}
                <div className="quiet">{item.holder}</div>
              </>
            ),
        },
        {
          key: 'due',
          title: t('table.due'),
          width: 170,
          render: (item) => (item.endedAt ? null : <Due item={item} />),
        },
        {
          key: 'ended',
          title: t('table.ended'),
          width: 110,
          render: (item) => item.endedAt && <Moment at={item.endedAt} />,
        },
        {
          key: 'submitted',
          title: t('table.submitted'),
          width: 110,
          render: (item) => <Moment at={item.submittedAt} />,
        },
      ]}
    />
  );
}

function Due({ item }: { item: CaseItem }) {
  const kind = useStageOffice(item.type, item.stage);
  return <DueTag due={item.due} days={item.dueDays} neutral={isPartyOffice(kind)} />;
}
