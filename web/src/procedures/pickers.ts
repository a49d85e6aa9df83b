import type { ComponentType } from 'react';
import type { CaseView } from '../api/types';
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
};

/** The special input of a procedure's field, where there is one. */
export function pickerFor(type: string, field: string): ComponentType<PickerProps> | undefined {
  return pickers[`${type}/${field}`];
}
