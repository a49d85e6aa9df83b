import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffices } from '../api/directory';
import { useRegions } from '../api/governance';
import { useMe } from '../api/session';
import { useDebounced } from '../app/search/useDebounced';

interface Props {
  id: string;
  label: string;
  /** "national", a division code, or `office:` and an id. */
  value: string;
  /** The name of the value, when the list does not hold it. */
  name?: string | undefined;
  offices?: boolean;
  onChange: (scope: string) => void;
}

/** Chooses a place or an office: the country, the caller's own, or one found by its name. */
export function ScopePicker({ id, label, value, name, offices = false, onChange }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const [typed, setTyped] = useState('');
  const query = useDebounced(typed, 250);
  const regions = useRegions(query).data ?? [];
  const found = useOffices({ q: query }, offices && query !== '').data ?? [];
  const options = new Map<string, string>();
  if (query) {
    for (const region of regions) options.set(region.code, region.name);
    for (const office of found) options.set(`office:${office.id}`, office.name);
  } else {
    options.set('national', t('scope.national'));
    for (const post of me.posts) options.set(post.region, t('scope.own', { code: post.region }));
    if (offices) for (const post of me.posts) options.set(`office:${post.office}`, post.officeName);
  }
  if (value && name) options.set(value, name);
  return (
    <Select
      id={id}
      aria-label={label}
      className="scope-picker"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value}
      options={[...options].map(([scope, words]) => ({ value: scope, label: words }))}
      onChange={onChange}
      notFoundContent={t('scope.none')}
    />
  );
}
