import type { ComponentType } from 'react';
import type { CaseView } from '../api/types';
import { CommunityName } from './party/CommunityName';
import { CommunityPicker } from './reception/CommunityPicker';

export interface PickerProps {
  id: string;
  label: string;
  view: CaseView;
  value: string;
  disabled: boolean;
  onChange: (value: string | undefined) => void;
}

// Fields whose schema says "text" but whose value is chosen from the directory.
const pickers: Record<string, ComponentType<PickerProps>> = {
  'reception/newCommunity': CommunityPicker,
  'party/community': CommunityPicker,
  'party-branch/community': CommunityPicker,
};

// Values that are written as a code and read as a name.
const names: Record<string, ComponentType<{ code: string }>> = {
  'party/community': CommunityName,
  'party-branch/community': CommunityName,
};

// Fields that a procedure's panel shows in its own way.
const shownAbove = new Set([
  'party/rule',
  'party/destination',
  'party/evidence',
  'benefit/claimants',
  'benefit/payees',
  'benefit/funeralGrant',
  'benefit/survivorPayment',
  'benefit/total',
  'benefit/derivation',
  'payee/payees',
  'recovery/overpaid',
  'recovery/claims',
  'recovery/total',
  'recovery/derivation',
  'true-up/baseYear',
  'true-up/provisionalFigure',
  'true-up/publishedFigure',
  'true-up/funeralGrant',
  'true-up/survivorPayment',
  'true-up/total',
  'true-up/releasedTotal',
  'true-up/difference',
  'true-up/course',
  'true-up/parts',
  'true-up/derivation',
  'true-up/payees',
]);

/** The special input of a procedure's field, where there is one. */
export function pickerFor(type: string, field: string): ComponentType<PickerProps> | undefined {
  return pickers[`${type}/${field}`];
}

/** The name behind a code, where a procedure's field has one. */
export function nameFor(type: string, field: string): ComponentType<{ code: string }> | undefined {
  return names[`${type}/${field}`];
}

/** Whether the procedure's panel shows the field, so that lists of what was filled in leave it out. */
export function isShownAbove(type: string, field: string): boolean {
  return shownAbove.has(`${type}/${field}`);
}
