import { App, Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChangeDecision, type SettingChange, useDecideChange, useSettingChanges } from '../api/governance';
import { useAllowed } from '../api/session';
import { Chip } from '../shared/Chip';
import { FormDialog } from '../shared/FormDialog';
import { Moment } from '../shared/Moment';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';
import { useUrlState } from '../shared/useUrlState';
import { useChangeWords } from './changeWords';

const COLOURS: Record<SettingChange['state'], string> = {
  proposed: 'gold',
  confirmed: 'green',
  refused: 'red',
  withdrawn: 'default',
};

/** What was proposed and what became of it; a second person confirms here. */
export function ChangeList({ kind }: { kind: SettingChange['kind'] }) {
  const { t } = useTranslation('governance');
  const [params, change] = useUrlState();
  const all = params.get('changes') === 'all';
  const query = useSettingChanges(!all);
  const [deciding, setDeciding] = useState<{ change: SettingChange; decision: ChangeDecision['decision'] }>();
  return (
    <section className="box" aria-label={t('change.title')}>
      <h2>{t('change.title')}</h2>
      <div className="toolbar">
        <Chip on={all} onClick={() => change({ changes: all ? undefined : 'all' })}>
          {t('change.past')}
        </Chip>
      </div>
      <Panel query={query} lines={2}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items).filter((item) => item.kind === kind);
          return (
            <>
              {items.length === 0 ? (
                <Empty title={t(all ? 'change.none' : 'change.noneOpen')} />
              ) : (
                <ul className="changes">
                  {items.map((item) => (
                    <Change
                      key={item.id}
                      change={item}
                      onDecide={(decision) => setDeciding({ change: item, decision })}
                    />
                  ))}
                </ul>
              )}
              <More query={query} />
            </>
          );
        }}
      </Panel>
      {deciding && <DecisionDialog {...deciding} onClose={() => setDeciding(undefined)} />}
    </section>
  );
}

interface ChangeProps {
  change: SettingChange;
  onDecide: (decision: ChangeDecision['decision']) => void;
}

function Change({ change, onDecide }: ChangeProps) {
  const { t } = useTranslation('governance');
  const text = useText();
  const words = useChangeWords();
  const confirms = useAllowed()('settings.confirm');
  const open = change.state === 'proposed';
  return (
    <li className="change">
      <div className="change-head">
        <strong>
          {text(change.title)} · {change.scopeName}
        </strong>
        <Tag color={COLOURS[change.state]}>{t(`change.state.${change.state}`)}</Tag>
      </div>
      <ul className="change-what">
        {words(change).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className="quiet">
        {t('change.source')}: {change.source} · {change.proposedByName} <Moment at={change.proposedAt} />
        {change.decidedByName && change.decidedAt && (
          <>
            {' '}
            → {change.decidedByName} <Moment at={change.decidedAt} />
          </>
        )}
        {change.opinion && ` · ${change.opinion}`}
      </div>
      {open && confirms && (
        <div className="change-acts">
          {change.mayDecide && (
            <>
              <Button type="primary" size="small" onClick={() => onDecide('confirm')}>
                {t('change.confirm')}
              </Button>
              <Button size="small" onClick={() => onDecide('refuse')}>
                {t('change.refuse')}
              </Button>
            </>
          )}
          {change.mayWithdraw && (
            <Button size="small" onClick={() => onDecide('withdraw')}>
              {t('change.withdraw')}
            </Button>
          )}
          {!change.mayDecide && change.whyNot && <span className="quiet">{text(change.whyNot)}</span>}
        </div>
      )}
    </li>
  );
}

interface DecisionProps {
  change: SettingChange;
  decision: ChangeDecision['decision'];
  onClose: () => void;
}

function DecisionDialog({ change, decision, onClose }: DecisionProps) {
  const { t } = useTranslation('governance');
  const words = useProblemWords();
  const lines = useChangeWords()(change);
  const { message } = App.useApp();
  const [opinion, setOpinion] = useState('');
  const decide = useDecideChange(() => {
    message.info(t(`change.done.${decision}`));
    onClose();
  });
  return (
    <FormDialog
      title={t(`change.dialog.${decision}`)}
      submit={t(`change.${decision}`)}
      busy={decide.isPending}
      disabled={decision === 'refuse' && !opinion.trim()}
      error={decide.error ? words(decide.error) : ''}
      onCancel={onClose}
      onSubmit={() =>
        decide.mutate({ id: change.id, decision, ...(opinion.trim() ? { opinion: opinion.trim() } : {}) })
      }
    >
      <ul className="change-what">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="quiet gap-below">{t(`change.effect.${change.kind}`)}</p>
      <Input.TextArea
        aria-label={t('change.opinion')}
        placeholder={t(decision === 'refuse' ? 'change.reasonNeeded' : 'change.opinion')}
        value={opinion}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={(event) => setOpinion(event.target.value)}
      />
    </FormDialog>
  );
}
