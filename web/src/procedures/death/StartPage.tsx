import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSubmitCase } from '../../api/cases';
import { useProblemWords } from '../../shared/tell';
import { EMPTY_REPORT, type Report, ReportForm } from './ReportForm';
import '../procedures.css';

/** A report about somebody who is not in the officer's own lists, such as a hotline call: by ID number and name. */
export function StartPage() {
  const { t } = useTranslation('procedures');
  const go = useNavigate();
  const words = useProblemWords();
  const [report, setReport] = useState<Report>(EMPTY_REPORT);
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  const complete = report.diedOn !== '' && report.name.trim() !== '' && report.idNumber.trim().length === 18;
  return (
    <div className="page individual">
      <div className="page-head">
        <h1>{t('death.startTitle')}</h1>
      </div>
      <p className="quiet gap-below">{t('death.startHint')}</p>
      <section className="box">
        <ReportForm value={report} byNumber onChange={setReport} />
      </section>
      {submit.error && <Alert type="error" showIcon title={words(submit.error)} className="gap-above" />}
      <div className="toolbar gap-above">
        <Button
          type="primary"
          loading={submit.isPending}
          disabled={!complete}
          onClick={() =>
            submit.mutate({
              type: 'death',
              form: { ...report, name: report.name.trim(), idNumber: report.idNumber.trim() },
            })
          }
        >
          {t('death.report')}
        </Button>
      </div>
    </div>
  );
}
