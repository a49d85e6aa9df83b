import type { Defect } from '../api/types';
import { Clause } from '../shared/Clause';

/** Everything to be put right, numbered, all at once. */
export function DefectList({ defects }: { defects: Defect[] }) {
  if (defects.length === 0) return null;
  return (
    <ol className="defects">
      {defects.map((defect) => (
        <li key={`${defect.item} ${defect.detail}`}>
          <strong>{defect.item}</strong>
          {defect.detail && ` – ${defect.detail}`} <Clause name={defect.clause ?? ''} />
        </li>
      ))}
    </ol>
  );
}
