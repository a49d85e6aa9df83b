import type { ComponentType } from 'react';
import type { CaseView } from '../api/types';
import { BenefitPanel } from './benefit/BenefitPanel';
import { TrueUpPanel } from './benefit/TrueUpPanel';
import { ClaimDisputePanel } from './claimdispute/ClaimDisputePanel';
import { DeathNotes } from './death/DeathNotes';
import { DeathPanel } from './death/DeathPanel';
import { DisputePanel } from './dispute/DisputePanel';
import { INTERIM_FORMS } from './forms';
import { GroupPanel } from './group/GroupPanel';
import { HandoverPanel } from './handover/HandoverPanel';
import { IdentityPanel } from './identity/IdentityPanel';
import { PartyPanel } from './party/PartyPanel';
import { ReceptionPanel } from './reception/ReceptionPanel';
import { RecoveryPanel } from './recovery/RecoveryPanel';

// What a procedure shows above its form besides what every case has. A new procedure adds one line.
const panels: Record<string, ComponentType<{ view: CaseView }>> = {
  handover: HandoverPanel,
  intake: HandoverPanel,
  reception: ReceptionPanel,
  party: PartyPanel,
  dispute: DisputePanel,
  identity: IdentityPanel,
  transition: GroupPanel,
  'form-review': GroupPanel,
  ...Object.fromEntries(INTERIM_FORMS.map((type) => [type, HandoverPanel])),
  death: DeathPanel,
  rescission: DeathPanel,
  benefit: BenefitPanel,
  payee: BenefitPanel,
  recovery: RecoveryPanel,
  'claim-dispute': ClaimDisputePanel,
  'true-up': TrueUpPanel,
};

export function ProcedurePanel({ view }: { view: CaseView }) {
  const Found = panels[view.type];
  return (
    <>
      <DeathNotes view={view} />
      {Found && <Found view={view} />}
    </>
  );
}
