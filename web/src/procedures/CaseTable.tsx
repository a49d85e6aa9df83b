import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseItem } from '../api/types';
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
    <Table<CaseItem>
      size="small"
      rowKey="no"
      dataSource={items}
      pagination={false}
      scroll={{ x: 900 }}
      columns={[
        {
          title: t('table.case'),
          render: (_, item) => (
            <>
              <Link to={`/cases/${item.no}`}>{item.title}</Link>
              <div className="quiet mono">{item.no}</div>
            </>
          ),
        },
        { title: t('table.type'), width: 170, render: (_, item) => text(item.typeTitle) },
        { title: t('table.state'), width: 110, render: (_, item) => <StateStamp state={item.state} /> },
        {
          title: t('table.where'),
          width: 210,
          render: (_, item) =>
            item.endedAt ? null : (
              <>
                {text(item.stageTitle)}
                <div className="quiet">{item.holder}</div>
              </>
            ),
        },
        {
          title: t('table.due'),
          width: 170,
          render: (_, item) => (item.endedAt ? <Moment at={item.endedAt} /> : <Due item={item} />),
        },
        { title: t('table.submitted'), width: 110, render: (_, item) => <Moment at={item.submittedAt} /> },
      ]}
    />
  );
}

function Due({ item }: { item: CaseItem }) {
  const kind = useStageOffice(item.type, item.stage);
  return <DueTag due={item.due} days={item.dueDays} neutral={isPartyOffice(kind)} />;
}
