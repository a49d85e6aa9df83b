import { useCallback } from 'react';
import { useOffices } from '../../api/directory';
import type { CaseView, LineFieldView } from '../../api/types';
import { useText } from '../../shared/text';

interface Choice {
  value: string;
  label: string;
}

/**
 * The values a line field takes: those it declares, or the offices of the place. Streets are those of
 * the district the case number names; communities those of the street that holds the sheet.
 */
export function useLineOptions(view: CaseView, fields: LineFieldView[]): (field: LineFieldView) => Choice[] {
  const text = useText();
  const wants = (key: string) => fields.some((field) => field.key === key);
  const district = /^[A-Z]+-(\d{6})-/.exec(view.no)?.[1] ?? '';
  const streets = useOffices({ kind: 'street', region: district }, wants('street')).data;
  const holder = view.tasks.find((task) => task.state === 'open')?.office ?? '';
  const own = useOffices({ kind: 'street', region: district }, wants('community')).data?.find(
    (office) => office.id === holder,
  );
  const communities = useOffices(
    { kind: 'community', region: own?.region ?? district },
    wants('community') && own !== undefined,
  ).data;
  return useCallback(
    (field) => {
      if (field.options.length > 0)
        return field.options.map((option) => ({ value: option.value, label: text(option.title) }));
      if (field.key !== 'street' && field.key !== 'community') return [];
      const offices = field.key === 'street' ? streets : communities;
      return (offices ?? []).map((office) => ({ value: office.region, label: office.name }));
    },
    [streets, communities, text],
  );
}
