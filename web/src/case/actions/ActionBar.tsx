import { DownOutlined } from '@ant-design/icons';
import { Alert, Button, Dropdown, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionBody, CaseView } from '../../api/types';
import { decisionOn } from '../../shared/decision';
import { useText } from '../../shared/text';
import { useKeys } from '../../shared/useKeys';
import type { Draft } from '../form/useDraft';
import type { Acts } from '../myTask';
import { ActionDialog } from './ActionDialog';

export type SendAct = (body: Omit<ActionBody, 'seen'>, onDone: () => void) => void;

interface Props {
  view: CaseView;
  acts: Acts;
  draft: Draft;
  busy: boolean;
  error: string;
  stale: boolean;
  onForget: () => void;
  onReload: () => void;
  onSend: SendAct;
  onShowForm: () => void;
}

/** Acts that stand open in the bar; the others are under "more". */
const MORE = [
  'transfer',
  'delegate',
  'add-signer',
  'remove-signer',
  'suspend',
  'resume',
  'extend',
  'urge',
  'supervise',
  'reassign',
  'correct',
  'cc',
  'comment',
  'attach',
  'release',
  'recall',
  'withdraw',
  'not-accept',
  'reject',
] as const;
const RED = new Set(['not-accept', 'reject']);
/** Acts that need no further words. */
const DIRECT = new Set(['claim', 'release', 'read']);

/** The sticky bar: approve, return, more. What is not allowed says why. */
export function ActionBar(props: Props) {
  const { view, acts, draft, busy, error, stale, onForget, onReload, onSend, onShowForm } = props;
  const { t } = useTranslation('case');
  const text = useText();
  const [dialog, setDialog] = useState('');
  const start = (action: string) => {
    if (!acts.allowed(action) || busy) return;
    onForget();
    if (DIRECT.has(action)) {
      onSend({ action, ...(acts.task && action !== 'read' ? { taskId: acts.task.id } : {}) }, () => {});
      return;
    }
    if (action === 'approve') {
      const missing = draft.missing();
      if (missing.length > 0) {
        draft.setErrors(Object.fromEntries(missing.map((key) => [key, t('fillIn')])));
        onShowForm();
        document.getElementById(`field-${missing[0]}`)?.scrollIntoView({ block: 'center' });
        return;
      }
    }
    setDialog(action);
  };
  useKeys({
    a: () => start(acts.of('approve') ? 'approve' : 'resolve'),
    r: () => start('return'),
    t: () => start('transfer'),
    c: () => start('comment'),
  });
  const reasonOf = (action: string) => (acts.allowed(action) ? '' : text(acts.of(action)?.reason));
  const button = (action: 'approve' | 'resolve' | 'return' | 'claim' | 'resume', primary: boolean) => {
    if (!acts.of(action)) return null;
    return (
      <Tooltip key={action} title={reasonOf(action)}>
        {/* aria-disabled instead of disabled, so that the reason can be reached by keyboard */}
        <Button
          type={primary ? 'primary' : 'default'}
          aria-disabled={!acts.allowed(action)}
          className={acts.allowed(action) ? '' : 'not-allowed'}
          loading={busy && dialog === '' && action === 'claim'}
          onClick={() => start(action)}
        >
          {t(`action.${action}`, { context: decisionOn(view.type) })}
        </Button>
      </Tooltip>
    );
  };
  // A task that asks for an opinion is finished by giving it.
  const main = acts.of('approve') ? 'approve' : 'resolve';
  const more = MORE.filter((action) => acts.of(action) !== undefined && (acts.allowed(action) || !RED.has(action)));
  if (view.endedAt && more.every((action) => !acts.allowed(action)) && !acts.allowed('read')) return null;
  const unread = acts.allowed('read') && view.observers.length > 0;
  return (
    <>
      {error && dialog === '' && (
        <Alert
          type="error"
          showIcon
          title={error}
          className="bar-error"
          action={stale && <Button onClick={onReload}>{t('reload')}</Button>}
          closable={{ onClose: onForget }}
        />
      )}
      <div className="bar" role="toolbar" aria-label={t('bar')}>
        {button(main, true)}
        {acts.allowed('resume') && button('resume', false)}
        {button('return', false)}
        {acts.allowed('claim') && !acts.task?.owner && button('claim', false)}
        {unread && <Button onClick={() => start('read')}>{t('action.read')}</Button>}
        <Dropdown
          trigger={['click']}
          placement="topLeft"
          menu={{
            items: more.map((action) => ({
              key: action,
              danger: RED.has(action) && acts.allowed(action),
              disabled: !acts.allowed(action),
              label: (
                <span>
                  {t(`action.${action}`, { context: decisionOn(view.type) })}
                  {!acts.allowed(action) && <span className="menu-reason">{reasonOf(action)}</span>}
                </span>
              ),
            })),
            onClick: ({ key }) => start(key),
          }}
        >
          <Button>
            {t('moreActions')} <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
        {!acts.allowed(main) && acts.of(main) && <span className="quiet bar-reason">{reasonOf(main)}</span>}
      </div>
      {dialog && (
        <ActionDialog
          action={dialog}
          view={view}
          acts={acts}
          draft={draft}
          busy={busy}
          error={error}
          stale={stale}
          onReload={() => {
            setDialog('');
            onReload();
          }}
          onCancel={() => {
            setDialog('');
            onForget();
          }}
          onSend={(body) => onSend(body, () => setDialog(''))}
        />
      )}
    </>
  );
}
