import { AutoComplete } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegions } from '../api/governance';
import { useDebounced } from '../app/search/useDebounced';

interface Props {
  id: string;
  label: string;
  value: string;
  onChange: (code: string) => void;
}

/** A place by its division code: found by its name, or typed, since a rule may be asked about any place. */
export function PlaceInput({ id, label, value, onChange }: Props) {
  const { t } = useTranslation('rules');
  const [chosen, setChosen] = useState({ code: '', name: '' });
  const query = useDebounced(value, 250);
  const regions = useRegions(/^\d*$/.test(query) ? '' : query).data ?? [];
  return (
    <>
      <AutoComplete
        id={id}
        aria-label={label}
        value={value}
        placeholder={t('place.hint')}
        options={regions.map((region) => ({ value: region.code, label: `${region.name}（${region.code}）` }))}
        onChange={onChange}
        onSelect={(code: string) =>
          setChosen({ code, name: regions.find((region) => region.code === code)?.name ?? '' })
        }
      />
      {chosen.name !== '' && chosen.code === value && <div className="quiet">{chosen.name}</div>}
    </>
  );
}
