import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffices } from '../../api/directory';
import { useDebounced } from '../../app/search/useDebounced';
import type { PickerProps } from '../pickers';

/** The community a person moves to, found by name; what is stored is its division code. */
export function CommunityPicker({ id, label, value, disabled, onChange }: PickerProps) {
  const { t } = useTranslation('procedures');
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed, 250);
  const offices = useOffices({ kind: 'community', q });
  const chosen = useOffices({ kind: 'community', region: value }, value !== '').data ?? [];
  const found = offices.data ?? [];
  // What is chosen has its name even where the search has found others.
  const shown = [...chosen.filter((each) => !found.some((office) => office.region === each.region)), ...found];
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value || undefined}
      disabled={disabled}
      loading={offices.isFetching}
      placeholder={t('reception.chooseCommunity')}
      options={shown.map((office) => ({ value: office.region, label: office.name }))}
      allowClear
      onChange={onChange}
    />
  );
}
