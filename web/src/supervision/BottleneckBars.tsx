import { useTranslation } from 'react-i18next';
import { type Bottleneck, useBottlenecks } from '../api/supervision';
import { Empty, Panel } from '../shared/Panel';
import { useText } from '../shared/text';
import { BoardLink } from './BoardLink';

/** Per stage how many working days it takes (median and the slowest tenth) and how much lies there, the slowest first. */
export function BottleneckBars() {
  const { t } = useTranslation('supervision');
  const query = useBottlenecks();
  return (
    <section className="box" aria-label={t('bottleneck.title')}>
      <h2>{t('bottleneck.title')}</h2>
      <p className="quiet gap-below">{t('bottleneck.hint')}</p>
      <Panel query={query} lines={6}>
        {(stages) => {
          const ranked = stages.filter((stage) => !stage.neutral).sort((a, b) => (b.p90 ?? -1) - (a.p90 ?? -1));
          const most = Math.max(1, ...ranked.map((stage) => stage.p90 ?? 0));
          return ranked.length === 0 ? (
            <Empty title={t('bottleneck.none')} />
          ) : (
            <ul className="bars">
              {ranked.map((stage) => (
                <Bar key={`${stage.type}/${stage.stage}`} stage={stage} most={most} />
              ))}
            </ul>
          );
        }}
      </Panel>
    </section>
  );
}

function Bar({ stage, most }: { stage: Bottleneck; most: number }) {
  const { t } = useTranslation('supervision');
  const text = useText();
  const share = (days: number | undefined) => `${Math.min(100, ((days ?? 0) / most) * 100)}%`;
  return (
    <li className="bar">
      <div className="bar-head">
        <span className="grow">{text(stage.stageTitle)}</span>
        <span className="quiet">
          {stage.median === undefined
            ? t('bottleneck.noFigures')
            : t('bottleneck.days', { median: stage.median.toFixed(1), p90: (stage.p90 ?? 0).toFixed(1) })}
        </span>
        {stage.open.count > 0 ? (
          <BoardLink
            filter={stage.open.filter}
            label={`${text(stage.stageTitle)} ${t('bottleneck.open', { count: stage.open.count })}`}
          >
            {t('bottleneck.open', { count: stage.open.count })}
          </BoardLink>
        ) : (
          <span className="quiet">{t('bottleneck.open', { count: 0 })}</span>
        )}
      </div>
      <div className="bar-track" aria-hidden>
        <div className="bar-p90" style={{ width: share(stage.p90) }} />
        <div className="bar-median" style={{ width: share(stage.median) }} />
      </div>
    </li>
  );
}
