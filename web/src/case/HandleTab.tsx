import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../api/types';
import { ProcedurePanel } from '../procedures/ProcedurePanel';
import { TaskAid } from '../procedures/TaskAid';
import { DueTag } from '../shared/DueTag';
import { clockTime } from '../shared/dates';
import { isPartyOffice } from '../shared/due';
import { useJoin, useText } from '../shared/text';
import type { SendAct } from './actions/ActionBar';
import { DefectList } from './DefectList';
import { FormFacts } from './form/FormFacts';
import { SchemaForm } from './form/SchemaForm';
import type { Draft } from './form/useDraft';
import { LineEditor } from './lines/LineEditor';
import type { Acts } from './myTask';
import { Standing } from './Standing';
import { Timeline } from './Timeline';

interface Props {
  view: CaseView;
  acts: Acts;
  draft: Draft;
  onSend: SendAct;
}

/** The form at the left, 17 parts; the way so far and still to go at the right, 7. */
export function HandleTab({ view, acts, draft, onSend }: Props) {
  return (
    <div className="case-body">
      <div className="case-main">
        <Standing view={view} onSend={onSend} />
        <Current view={view} />
        <ProcedurePanel view={view} />
        {acts.task ? <TaskBox view={view} acts={acts} draft={draft} /> : <Waiting view={view} />}
        <FormFacts view={view} except={acts.task ? draft.specs.map((spec) => spec.key) : []} />
      </div>
      <aside className="case-side">
        <Timeline view={view} compact />
      </aside>
    </div>
  );
}

/** Why the present visit was opened, when it was not the normal next one. */
function Current({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const current = view.plan.find((step) => step.state === 'current');
  if (!current?.why) return null;
  const before = [...view.plan].reverse().find((step) => step.state === 'done' && step.outcome === 'returned');
  const signer = before?.signers.find((each) => each.opinion);
  return (
    <Alert
      type="warning"
      showIcon
      title={t(`common:why.${current.why}Long`)}
      description={
        <>
          {signer?.opinion && <p>{t('returnedWith', { name: signer.personName, opinion: signer.opinion })}</p>}
          <DefectList defects={current.defects} />
        </>
      }
    />
  );
}

function TaskBox({ view, acts, draft }: Omit<Props, 'onSend'>) {
  const { t } = useTranslation('case');
  const text = useText();
  const join = useJoin();
  const task = acts.task;
  if (!task) return null;
  const main = acts.of('approve') ? 'approve' : 'resolve';
  const editable = acts.allowed(main);
  const refusal = acts.of(main)?.reason;
  return (
    <>
      <section className="box">
        <h2>
          {text(task.stageTitle)}
          {task.kind && ` · ${t(`taskKind.${task.kind}`)}`}{' '}
          <span className="quiet">
            {t('heldBy', { office: task.officeName, name: task.ownerName || t('nobodyYet') })}
          </span>
          {editable && <SavedMark draft={draft} />}
        </h2>
        {!editable && refusal && task.waitsFor.length === 0 && (
          <Alert type="info" showIcon title={text(refusal)} className="gap-below" />
        )}
        {task.waitsFor.length > 0 && (
          <Alert type="info" showIcon title={t('waitsFor', { names: join(task.waitsFor) })} className="gap-below" />
        )}
        {task.noCompetentOfficer && (
          <Alert type="warning" showIcon title={t('noCompetentOfficer')} className="gap-below" />
        )}
        {draft.specs.length === 0 ? (
          <p className="quiet">{t('nothingToFill')}</p>
        ) : (
          <SchemaForm view={view} task={task} draft={draft} disabled={!editable} />
        )}
      </section>
      {editable && <TaskAid view={view} draft={draft} />}
      {task.form.lineFields.length > 0 && <LineEditor view={view} task={task} editable={acts.allowed('correct')} />}
    </>
  );
}

/** When what is filled in was kept, so that nobody fears for it. */
function SavedMark({ draft }: { draft: Draft }) {
  const { t } = useTranslation('case');
  if (draft.saveFailed) {
    return (
      <span className="due due-soon saved-mark" role="status">
        {t('draft.failed')}
      </span>
    );
  }
  if (draft.offered) {
    return (
      <Button type="link" size="small" className="saved-mark" onClick={draft.restore}>
        {t('draft.restore')}
      </Button>
    );
  }
  if (!draft.savedAt) return null;
  return (
    <span className="quiet saved-mark" role="status">
      {t('draft.saved', { time: clockTime(draft.savedAt) })}
    </span>
  );
}

/** Nobody in the caller's office has to act: say who has. */
function Waiting({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const open = view.tasks.filter((task) => task.state === 'open');
  const step = view.plan.find((each) => each.state === 'current');
  if (view.state !== 'open' && view.state !== 'suspended') return null;
  return (
    <section className="box">
      <p>{t(open.length > 0 ? 'notYours' : 'waitingForChildren')}</p>
      <ul>
        {open.map((task) => (
          <li key={task.id}>
            {task.officeName} · {task.ownerName || t('nobodyYet')}{' '}
            <DueTag due={task.due} days={task.dueDays} neutral={isPartyOffice(step?.officeKind)} />
            {task.urged > 0 && <span className="quiet"> · {t('urgedTimes', { count: task.urged })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
