import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useParams } from 'react-router';
import { useCase } from '../../api/cases';
import { meQuery } from '../../api/session';
import type { CaseView } from '../../api/types';
import { Panel } from '../../shared/Panel';
import { ApprovalSlip } from './ApprovalSlip';
import { ClosingSheet } from './ClosingSheet';
import { ManifestPaper } from './ManifestPaper';
import { NoticePaper } from './NoticePaper';
import { OutstandingList } from './OutstandingList';
import { PartyLetterPaper } from './PartyLetterPaper';
import { TransmissionPaper } from './TransmissionPaper';
import './print.css';

/** A paper of a case as clean A4 pages, without the frame. */
export function PrintPage() {
  const { no = '', paper = 'slip' } = useParams();
  const location = useLocation();
  const me = useQuery(meQuery);
  const query = useCase(no, me.data !== null && me.data !== undefined);
  if (me.data === null) return <Navigate to={`/sign-in?next=${encodeURIComponent(location.pathname)}`} replace />;
  return <Panel query={query}>{(view) => <Sheet view={view} paper={paper} />}</Panel>;
}

function Sheet({ view, paper }: { view: CaseView; paper: string }) {
  const { t } = useTranslation('case');
  return (
    <main className="print-desk">
      <div className="print-tools">
        <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('print')}
        </Button>
        <Button onClick={() => window.close()}>{t('common:close')}</Button>
      </div>
      {/* Wide tables scroll sideways on a phone, by keyboard as well. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable */}
      <section className="sheet" aria-label={t(`paper.${paper}`)} tabIndex={0}>
        {paper === 'notice' ? (
          <NoticePaper view={view} />
        ) : paper === 'closing' ? (
          <ClosingSheet view={view} />
        ) : paper === 'outstanding' ? (
          <OutstandingList view={view} />
        ) : paper === 'manifest' ? (
          <ManifestPaper view={view} />
        ) : paper === 'transmission' ? (
          <TransmissionPaper view={view} />
        ) : paper === 'partyLetter' ? (
          <PartyLetterPaper view={view} />
        ) : (
          <ApprovalSlip view={view} />
        )}
      </section>
    </main>
  );
}
