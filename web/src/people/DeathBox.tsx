import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSubmitCase } from '../api/cases';
import { useProcedures } from '../api/directory';
import { useAllowed } from '../api/session';
import type { PersonView } from '../api/types';
import { DeathFacts } from '../procedures/death/DeathFacts';
import { EMPTY_REPORT, type Report, ReportForm } from '../procedures/death/ReportForm';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';
import { StartCase } from './StartCase';

function useMayStart(type: string): boolean {
  return useProcedures().data?.some((procedure) => procedure.type === type && procedure.mayStart) ?? false;
}

/** The death on record, with what it has silenced and closed, and the way to correct a wrong report. */
export function DeathBox({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const mayCorrect = useMayStart('rescission');
  const mayRecover = useMayStart('recovery');
  const death = person.death;
  if (!death) return null;
  return (
    <section className="box" aria-label={t('death.title')}>
      <div className="box-head">
        <h2 className="grow">{t('death.title')}</h2>
        {mayCorrect && death.state === 'verified' && !death.rescission && (
          <StartCase type="rescission" person={person} label={t('death.correct')} />
        )}
        {mayRecover && death.state === 'verified' && !death.recovery && (
          <StartCase type="recovery" person={person} label={t('death.recover')} />
        )}
      </div>
      <DeathFacts death={death} />
    </section>
  );
}

/** Begins the report of a death; what else is known is filled in on its case. */
export function ReportDeath({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const go = useNavigate();
  const words = useProblemWords();
  const allowed = useAllowed();
  const mayReport = useMayStart('death');
  const [asking, setAsking] = useState(false);
  const [report, setReport] = useState<Report>(EMPTY_REPORT);
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  if (!mayReport || !allowed('case.submit') || person.death) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('death.report')}</Button>
      {asking && (
        <FormDialog
          title={t('death.reportTitle')}
          submit={t('death.report')}
          busy={submit.isPending}
          disabled={report.diedOn === ''}
          error={submit.error ? words(submit.error) : ''}
          onCancel={() => {
            setAsking(false);
            submit.reset();
          }}
          onSubmit={() =>
            submit.mutate({
              type: 'death',
              subject: person.id,
              form: { source: report.source, diedOn: report.diedOn },
            })
          }
        >
          <p>{t('death.reportHint')}</p>
          <ReportForm value={report} onChange={setReport} />
        </FormDialog>
      )}
    </>
  );
}
