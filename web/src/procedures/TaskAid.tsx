import type { ComponentType } from 'react';
import type { CaseView } from '../api/types';
import type { Draft } from '../case/form/useDraft';
import { BenefitPreview } from './benefit/BenefitPreview';

export interface AidProps {
  view: CaseView;
  draft: Draft;
}

// What a stage shows below its form while it is filled in.
const aids: Record<string, ComponentType<AidProps>> = {
  'benefit/benefit-calculation': BenefitPreview,
};

export function TaskAid({ view, draft }: AidProps) {
  const Found = aids[`${view.type}/${view.stage ?? ''}`];
  return Found ? <Found view={view} draft={draft} /> : null;
}
