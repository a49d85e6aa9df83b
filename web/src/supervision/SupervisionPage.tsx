import { ReloadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBoardSummary } from '../api/supervision';
import { Moment } from '../shared/Moment';
import { Panel } from '../shared/Panel';
import { AgeingMatrix } from './AgeingMatrix';
import { BottleneckBars } from './BottleneckBars';
import { ProgressTable } from './ProgressTable';
import { Reviews } from './Reviews';
import { StuckList } from './StuckList';
import { Tiles } from './Tiles';
import './supervision.css';

/** 督办看板: how much lies where, for how long, why, and what can be done about it. */
export function SupervisionPage() {
  const { t } = useTranslation('supervision');
  const queries = useQueryClient();
  const summary = useBoardSummary();
  return (
    <div className="page board">
      <div className="page-head">
        <h1 className="grow">
          {t('title')} {summary.data?.region && <span className="quiet">{summary.data.region}</span>}
        </h1>
        {summary.data && (
          <span className="quiet">
            {t('counted')} <Moment at={summary.data.countedAt} />
          </span>
        )}
        <Button
          icon={<ReloadOutlined aria-hidden />}
          loading={summary.isFetching}
          onClick={() => void queries.invalidateQueries({ queryKey: ['board'] })}
        >
          {t('refresh')}
        </Button>
      </div>
      <Panel query={summary} lines={2}>
        {(data) => <Tiles summary={data} />}
      </Panel>
      <AgeingMatrix />
      <BottleneckBars />
      <StuckList causes={summary.data?.causes ?? []} stuck={summary.data?.stuck} />
      <Reviews />
      <ProgressTable />
    </div>
  );
}
