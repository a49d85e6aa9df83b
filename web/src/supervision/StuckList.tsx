import { DownloadOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { type BoardQuery, type BoardSummary, type SupervisedCase, useBoardList } from '../api/supervision';
import { DueTag } from '../shared/DueTag';
import { Moment } from '../shared/Moment';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { BoardAct, type Held } from './BoardAct';
import { BoardLink } from './BoardLink';

const PARTS = ['measure', 'office', 'bucket', 'type', 'stage', 'person'] as const;

interface Props {
  causes: BoardSummary['causes'];
  stuck: BoardSummary['stuck'] | undefined;
}

/** 滞办清单, or what the number counts that was opened: why in one sentence, and what can be done. */
export function StuckList({ causes, stuck }: Props) {
  const { t } = useTranslation('supervision');
  const text = useText();
  const language = useLanguage();
  const [params] = useSearchParams();
  const filter = new URLSearchParams();
  for (const part of PARTS) {
    const value = params.get(part);
    if (value) filter.set(part, value);
  }
  if (!filter.has('measure')) filter.set('measure', 'stuck');
  const measure = filter.get('measure') ?? 'stuck';
  // The address is checked by the server, which answers what is wrong with it.
  const query = useBoardList(Object.fromEntries(filter) as BoardQuery);
  const [acting, setActing] = useState<{ held: Held; action: string }>();
  const cause = causes.find((each) => each.cause === measure);
  return (
    <section className="box" id="board-list" aria-label={t('list.title')}>
      <div className="list-head">
        <h2 className="grow">
          {cause ? text(cause.title) : t(`list.measure.${measure}`, { defaultValue: t('list.title') })}
          {query.data && <span className="quiet"> {t('list.total', { count: query.data.pages[0]?.total ?? 0 })}</span>}
        </h2>
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={`/api/v1/supervision/stuck.xlsx?${filter}`}
          hrefLang={language}
        >
          {t('list.export')}
        </Button>
      </div>
      <nav className="causes" aria-label={t('list.causes')}>
        {stuck && (
          <CauseLink filter={stuck.filter} here={measure === 'stuck'} name={t('list.all')} count={stuck.count} />
        )}
        {causes.map((each) => (
          <CauseLink
            key={each.cause}
            filter={each.filter}
            here={measure === each.cause}
            name={text(each.title)}
            count={each.count}
          />
        ))}
      </nav>
      <Panel query={query} lines={6}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <Empty title={t('list.none')} hint={t('list.noneHint')} />
          ) : (
            <>
              <ul className="stuck">
                {items.map((item) => (
                  <Item
                    key={`${item.no}/${item.taskId ?? ''}`}
                    item={item}
                    onAct={(held, action) => setActing({ held, action })}
                  />
                ))}
              </ul>
              <More query={query} />
            </>
          );
        }}
      </Panel>
      {acting && <BoardAct {...acting} onClose={() => setActing(undefined)} />}
    </section>
  );
}

function CauseLink({ filter, here, name, count }: { filter: string; here: boolean; name: string; count: number }) {
  return (
    <BoardLink filter={filter} label={`${name} ${count}`} className={here ? 'chip chip-on' : 'chip'}>
      {name} <strong>{count}</strong>
    </BoardLink>
  );
}

/** Party offices are asked by letter, never urged; while a case is suspended nobody is urged either. */
function actsOn(neutral: boolean, state: string): string[] {
  if (neutral) return ['supervise'];
  return state === 'suspended' ? ['supervise', 'reassign'] : ['urge', 'supervise', 'reassign'];
}

function Item({ item, onAct }: { item: SupervisedCase; onAct: (held: Held, action: string) => void }) {
  const { t } = useTranslation('supervision');
  const text = useText();
  const open = item.state === 'open' || item.state === 'suspended';
  // Acts are taken where the work lies: of a case that waits for its children, on the one that is latest.
  const held = item.child ?? (item.office ? item : undefined);
  const acts = held ? actsOn(held.neutral, item.state) : [];
  return (
    <li className="stuck-item">
      <div className="stuck-head">
        <Link to={`/cases/${item.no}`} className="stuck-title">
          {item.title}
        </Link>
        <span className="quiet">
          {item.no} · {text(item.typeTitle)} · {text(item.stageTitle)}
        </span>
        {item.urged > 0 && <Tag>{t('list.urged', { count: item.urged })}</Tag>}
      </div>
      <p className="stuck-why">{text(item.sentence)}</p>
      <div className="stuck-foot">
        <span>
          {item.child && (
            <>
              {t('list.child')} <Link to={`/cases/${item.child.no}`}>{item.child.no}</Link> · {item.child.officeName}
              {item.child.ownerName && ` · ${item.child.ownerName}`}
            </>
          )}
          {item.officeName && `${item.officeName}${item.ownerName ? ` · ${item.ownerName}` : ''}`}
          {item.since && (
            <span className="quiet">
              {' '}
              {t('list.since')} <Moment at={item.since} />
            </span>
          )}
        </span>
        {item.due && !item.neutral && <DueTag due={item.due} days={item.dueDays} />}
        <span className="grow" />
        {open && held && (
          <span className="stuck-acts">
            {acts.map((action) => (
              <Button key={action} size="small" onClick={() => onAct(held, action)}>
                {t(held.neutral ? 'list.request' : `case:action.${action}`)}
              </Button>
            ))}
          </span>
        )}
      </div>
    </li>
  );
}
