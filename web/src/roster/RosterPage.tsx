import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useRoster } from '../api/rosters';
import type { RosterView } from '../api/types';
import { absolute } from '../shared/dates';
import { Panel } from '../shared/Panel';
import { useLanguage } from '../shared/useLanguage';
import { Checking, Refused } from './Checking';
import { ConfirmBar } from './ConfirmBar';
import { Corrections } from './Corrections';
import { Findings } from './Findings';
import { Mapping } from './Mapping';
import { RosterState } from './RosterState';
import { RosterSteps } from './RosterSteps';
import './roster.css';

/** Steps three and four of one roster: the dry run and the confirmation. */
export function RosterPage() {
  const { id = '' } = useParams();
  const query = useRoster(id);
  return (
    <div className="page">
      <Panel query={query} lines={8}>
        {(roster) => <Roster key={roster.id} roster={roster} />}
      </Panel>
    </div>
  );
}

function Roster({ roster }: { roster: RosterView }) {
  const { t } = useTranslation('roster');
  const language = useLanguage();
  return (
    <>
      <div className="page-head">
        <div className="grow">
          <h1>
            {roster.fileName} <RosterState roster={roster} />
          </h1>
          <p className="quiet">{t('uploadedAt', { at: absolute(roster.uploadedAt, language) })}</p>
        </div>
        {roster.case && <Link to={`/cases/${roster.case}`}>{t('toCase', { no: roster.case })}</Link>}
      </div>
      <RosterSteps current={roster.state === 'checked' ? (roster.case ? 3 : 2) : 1} />
      {roster.state === 'checking' && <Checking roster={roster} />}
      {roster.state === 'failed' && <Refused roster={roster} />}
      {roster.state === 'checked' && (
        <>
          {!roster.case && roster.unknownHeaders.length > 0 && <Mapping roster={roster} />}
          {!roster.case && <Corrections roster={roster} />}
          <Findings roster={roster} />
          {!roster.case && <ConfirmBar roster={roster} />}
        </>
      )}
    </>
  );
}
