import { useState } from 'react';
import type { Draft } from '../form/useDraft';

/** The opinion of a dialog: it begins with what was written before, and is kept as it is written. */
export function useOpinion(draft: Draft, usual: string, kept = true): [string, (opinion: string) => void] {
  const [opinion, setOpinion] = useState((kept && draft.opinion) || usual);
  return [
    opinion,
    (next) => {
      setOpinion(next);
      if (kept) draft.setOpinion(next);
    },
  ];
}
