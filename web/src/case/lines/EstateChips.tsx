import { useTranslation } from 'react-i18next';
import { useEstates } from '../../api/cases';
import { Chip } from '../../shared/Chip';

/** How many estates are offered at once; the largest come first, and the next ones as these are settled. */
const SHOWN = 12;

interface Props {
  no: string;
  chosen: string[];
  onChoose: (lines: string[]) => void;
}

/** Neighbours whose address resolves to no place: one press chooses all of them, for one assignment. */
export function EstateChips({ no, chosen, onChoose }: Props) {
  const { t } = useTranslation('case');
  const estates = useEstates(no, true).data ?? [];
  if (estates.length === 0) return null;
  return (
    <div className="toolbar">
      {estates.slice(0, SHOWN).map((group) => {
        const on = group.lines.length === chosen.length && group.lines.every((line) => chosen.includes(line));
        return (
          <Chip key={group.estate} on={on} onClick={() => onChoose(on ? [] : group.lines)}>
            {t('lines.estate', { name: group.estate || t('lines.noAddress'), count: group.people })}
          </Chip>
        );
      })}
      <span className="quiet">{t('lines.estateHint')}</span>
    </div>
  );
}
