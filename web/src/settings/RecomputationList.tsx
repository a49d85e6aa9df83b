import { Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRecomputations } from '../api/governance';
import { Moment } from '../shared/Moment';
import { Empty, Panel } from '../shared/Panel';

/** Deadlines reckoned again after calendar edits, n of m. */
export function RecomputationList() {
  const { t } = useTranslation('governance');
  const query = useRecomputations();
  return (
    <section className="box" aria-label={t('recomputation.title')}>
      <h2>{t('recomputation.title')}</h2>
      <Panel query={query} lines={2}>
        {(jobs) =>
          jobs.length === 0 ? (
            <Empty title={t('recomputation.none')} hint={t('recomputation.hint')} />
          ) : (
            <ul className="changes">
              {jobs.map((job) => (
                <li key={job.version} className="change">
                  <div className="change-head">
                    <strong>{t('recomputation.what', { name: job.scopeName, version: job.version })}</strong>
                    <Tag color={job.state === 'done' ? 'green' : 'blue'}>{t(`recomputation.state.${job.state}`)}</Tag>
                  </div>
                  <Progress
                    aria-label={t('recomputation.title')}
                    percent={
                      job.total === 0 ? (job.state === 'done' ? 100 : 0) : Math.floor((job.done * 100) / job.total)
                    }
                    status={job.state === 'done' ? 'success' : 'active'}
                    size="small"
                  />
                  <div className="quiet">
                    {t('recomputation.progress', { done: job.done, total: job.total })}
                    {job.failed > 0 && ` · ${t('recomputation.failed', { count: job.failed })}`} · {job.source} ·{' '}
                    <Moment at={job.createdAt} />
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Panel>
    </section>
  );
}
