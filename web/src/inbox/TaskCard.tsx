import { RollbackOutlined, UserOutlined } from '@ant-design/icons';
import { Checkbox, Tag } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskItem } from '../api/types';
import { DueTag } from '../shared/DueTag';
import { isPartyOffice } from '../shared/due';
import { Moment } from '../shared/Moment';
import { useStageOffice } from '../shared/stages';
import { useText } from '../shared/text';

interface Props {
  task: TaskItem;
  open: boolean;
  highlighted: boolean;
  /** Undefined where nothing can be selected. */
  checked: boolean | undefined;
  onToggle: () => void;
  onOpen: () => void;
}

/** One task: what, which case, whose, who holds it, and the one due line its state calls for. */
export function TaskCard({ task, open, highlighted, checked, onToggle, onOpen }: Props) {
  const { t } = useTranslation('inbox');
  const text = useText();
  const officeKind = useStageOffice(task.type, task.stage);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (highlighted) item.current?.scrollIntoView({ block: 'nearest' });
  }, [highlighted]);
  const finished = task.state !== 'open' && task.state !== 'waiting';
  return (
    <li
      ref={item}
      className={`card${open ? ' card-open' : ''}${highlighted ? ' card-focus' : ''}`}
      data-task={task.id}
      data-case={task.case}
    >
      {checked !== undefined && (
        <Checkbox checked={checked} onChange={onToggle} aria-label={t('select', { title: task.title })} />
      )}
      <button type="button" className="card-body" onClick={onOpen} aria-current={open ? 'true' : undefined}>
        <span className="card-line">
          <strong className="card-stage">{text(task.stageTitle) || text(task.typeTitle)}</strong>
          {task.why && (
            <Tag icon={<RollbackOutlined aria-hidden />} color="gold">
              {t(`common:why.${task.why}`)}
            </Tag>
          )}
          <span className="card-due">
            {finished ? (
              <Moment at={task.openedAt} />
            ) : (
              <DueTag due={task.due} days={task.dueDays} neutral={isPartyOffice(officeKind)} />
            )}
          </span>
        </span>
        <span className="card-title">{task.title}</span>
        <span className="card-line quiet">
          <span className="card-no">{task.case}</span>
        </span>
        <span className="card-line quiet">
          <span className="nowrap">{t('from', { name: task.initiatorName || t('common:none') })}</span>
          <span className="holder">
            <UserOutlined aria-hidden />{' '}
            {task.ownerName || (finished ? task.officeName : t('unclaimed', { office: task.officeName }))}
          </span>
        </span>
      </button>
    </li>
  );
}
