import {
  CheckCircleFilled,
  ClockCircleOutlined,
  MinusCircleOutlined,
  RightCircleFilled,
  RollbackOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { CaseView, PlanStep } from '../api/types';
import { Clause } from '../shared/Clause';
import { DueTag } from '../shared/DueTag';
import { absolute } from '../shared/dates';
import { isPartyOffice } from '../shared/due';
import { Moment } from '../shared/Moment';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { DefectList } from './DefectList';
import { WhyDeadline } from './WhyDeadline';

/** Not forward: returned, recalled, refused. */
function isBack(step: PlanStep): boolean {
  return step.outcome !== undefined && step.outcome !== 'approved';
}

function iconOf(step: PlanStep) {
  if (step.state === 'current') return <RightCircleFilled aria-hidden />;
  if (step.state === 'planned') return <ClockCircleOutlined aria-hidden />;
  if (step.state === 'skipped') return <MinusCircleOutlined aria-hidden />;
  if (step.outcome === 'returned' || step.outcome === 'recalled') return <RollbackOutlined aria-hidden />;
  if (step.outcome === 'rejected' || step.outcome === 'withdrawn') return <StopOutlined aria-hidden />;
  return <CheckCircleFilled aria-hidden />;
}

/** Past visits, the present one with its clock and why that deadline, and what is still to come, in grey. */
export function Timeline({ view, compact = false }: { view: CaseView; compact?: boolean }) {
  const { t } = useTranslation('case');
  return (
    <ol className={compact ? 'timeline timeline-compact' : 'timeline'} aria-label={t('tab.flow')}>
      {view.plan.map((step, index) => (
        // A stage may be visited twice; planned steps have no visit yet.
        <li
          key={`${step.stage} ${step.visit ?? `planned ${index}`}`}
          className={`step step-${step.state}${isBack(step) ? ' step-back' : ''}`}
        >
          <span className="step-icon" aria-hidden>
            {iconOf(step)}
          </span>
          <div className="step-body">
            <Step step={step} view={view} compact={compact} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Step({ step, view, compact }: { step: PlanStep; view: CaseView; compact: boolean }) {
  const { t } = useTranslation('case');
  const text = useText();
  const language = useLanguage();
  // A wait for child cases ends by itself; nobody has agreed to anything.
  const outcome = step.wait ? 'finished' : (step.outcome ?? 'approved');
  const word = step.state === 'done' ? `stepOutcome.${outcome}` : `stepState.${step.state}`;
  return (
    <>
      <div className="step-title">
        <strong>{text(step.title)}</strong> <span className="step-word">{t(word)}</span>
      </div>
      {step.state === 'planned' && (
        <div className="quiet">
          {step.officeKind ? `${t(`common:officeKind.${step.officeKind}`)} · ${text(step.roleTitle)}` : ''}
        </div>
      )}
      {step.state === 'skipped' && (
        <div className="quiet">{t(`skipped.${step.condition ?? 'other'}`, { defaultValue: t('skipped.other') })}</div>
      )}
      {step.wait && (
        <div className="quiet">
          {t('waitsForChildren', { name: t(`common:caseType.${step.wait.child ?? 'other'}`) })}
        </div>
      )}
      {step.signers.map((signer, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one office may sign twice in a step
        <div key={index} className="signer">
          <span>
            {signer.officeName} {signer.personName && `· ${signer.personName}`}
            {signer.forName && <span className="step-tag">{t('standsFor', { name: signer.forName })}</span>}
            {signer.kind && <span className="step-tag">{t(`taskKind.${signer.kind}`)}</span>}
            {signer.answer && signer.answer !== 'approved' && (
              <span className="step-tag">{t(`stepAnswer.${signer.answer}`, { defaultValue: signer.answer })}</span>
            )}
          </span>
          {signer.at ? (
            <Moment at={signer.at} />
          ) : (
            step.state === 'current' && <span className="quiet">{t('notSignedYet')}</span>
          )}
          {signer.opinion && <q className="opinion">{signer.opinion}</q>}
        </div>
      ))}
      {step.passed && <div className="quiet">{t('passedStep')}</div>}
      {step.escalated > 0 && (
        <div className={isPartyOffice(step.officeKind) ? 'quiet' : 'due due-overdue'}>
          {t(`escalatedStep.${Math.min(step.escalated, 2)}`)}
        </div>
      )}
      {step.pauses.map((pause) => (
        <div key={pause.from} className="quiet">
          {t('pause', {
            from: absolute(pause.from, language),
            to: absolute(pause.to, language),
            party: t(`suspend.party.${pause.party}`),
          })}
          {pause.body && t('pauseBody', { body: pause.body })}
        </div>
      ))}
      {step.state === 'done' && !compact && (
        <div className="quiet">
          {step.workingDays !== undefined && t('usedDays', { count: step.workingDays })}
          {step.closedAt && (
            <>
              {' · '}
              <Moment at={step.closedAt} />
            </>
          )}
        </div>
      )}
      {step.state === 'current' && <Clock step={step} view={view} />}
      {!compact && <DefectList defects={step.defects} />}
      {!compact && step.clauses.map((clause) => <Clause key={clause} name={clause} />)}
    </>
  );
}

function Clock({ step, view }: { step: PlanStep; view: CaseView }) {
  const due = view.tasks.find((task) => task.state === 'open');
  return (
    <div className="step-clock">
      {step.openedAt && (
        <span className="quiet">
          <Moment at={step.openedAt} />
        </span>
      )}
      {due?.due && <DueTag due={due.due} days={due.dueDays} neutral={isPartyOffice(step.officeKind)} />}
      {due?.due && due.dueRule && <WhyDeadline rule={due.dueRule} due={due.due} />}
    </div>
  );
}
