import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../api/types';
import { DueTag } from '../shared/DueTag';
import { absolute } from '../shared/dates';
import { isPartyOffice } from '../shared/due';
import { FormDialog } from '../shared/FormDialog';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import type { SendAct } from './actions/ActionBar';
import { OpinionBox } from './actions/OpinionBox';

type Supervision = CaseView['supervisions'][number];

/** What stands above the form: that the clock stands still, and what supervisors asked. */
export function Standing({ view, onSend }: { view: CaseView; onSend: SendAct }) {
  return (
    <>
      <Suspended view={view} />
      {view.supervisions.map((supervision) => (
        <SupervisionBox key={supervision.id} view={view} supervision={supervision} onSend={onSend} />
      ))}
    </>
  );
}

function Suspended({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const text = useText();
  const language = useLanguage();
  const suspension = view.suspension;
  if (!suspension) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('suspend.banner', { reason: text(suspension.title) })}
      description={
        <>
          {t('suspend.by', {
            name: suspension.byName,
            since: absolute(suspension.since, language),
            party: t(`suspend.party.${suspension.party}`),
          })}{' '}
          {suspension.until
            ? t('suspend.untilDay', { date: absolute(suspension.until, language, false) })
            : t('suspend.open')}
        </>
      }
    />
  );
}

interface BoxProps {
  view: CaseView;
  supervision: Supervision;
  onSend: SendAct;
}

/** 督办, 商请函 or 提醒函 with its answer; the head of the office answers here. */
function SupervisionBox({ view, supervision, onSend }: BoxProps) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const [answering, setAnswering] = useState(false);
  const act = view.actions.find((each) => each.action === 'resolve' && each.taskId === supervision.id);
  const step = view.plan.find((each) => each.state === 'current');
  const open = supervision.state === 'open';
  return (
    <section className="box supervision">
      <h2>
        {t(`supervise.${supervision.kind}`)} <span className="quiet">{t(`supervise.state.${supervision.state}`)}</span>
      </h2>
      <p className="quiet">
        {t('supervise.from', {
          office: supervision.byOfficeName,
          name: supervision.byName,
          date: absolute(supervision.at, language),
        })}
        {open && supervision.due && (
          <>
            {' · '}
            {t('supervise.dueBy', { date: absolute(supervision.due, language, false) })}{' '}
            <DueTag due={supervision.due} days={supervision.dueDays} neutral={isPartyOffice(step?.officeKind)} />
          </>
        )}
      </p>
      <q className="opinion">{supervision.opinion}</q>
      {supervision.reply && (
        <p>{t('supervise.replied', { name: supervision.repliedByName ?? '', reply: supervision.reply })}</p>
      )}
      {act?.allowed && (
        <div>
          <Button type="primary" onClick={() => setAnswering(true)}>
            {t('supervise.reply')}
          </Button>
        </div>
      )}
      {answering && (
        <ReplyDialog
          onCancel={() => setAnswering(false)}
          onSend={(opinion) =>
            onSend({ action: 'resolve', taskId: supervision.id, opinion }, () => setAnswering(false))
          }
        />
      )}
    </section>
  );
}

function ReplyDialog({ onCancel, onSend }: { onCancel: () => void; onSend: (opinion: string) => void }) {
  const { t } = useTranslation('case');
  const [opinion, setOpinion] = useState('');
  return (
    <FormDialog
      title={t('supervise.reply')}
      submit={t('supervise.reply')}
      disabled={!opinion.trim()}
      onCancel={onCancel}
      onSubmit={() => onSend(opinion.trim())}
    >
      <OpinionBox label={t('supervise.reply')} value={opinion} onChange={setOpinion} rows={3} autoFocus />
    </FormDialog>
  );
}
