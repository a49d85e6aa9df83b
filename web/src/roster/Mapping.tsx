import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMapRoster, useRosterColumns } from '../api/rosters';
import type { RosterView } from '../api/types';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';

/** Columns nobody recognised: name them, or leave them out. Then the file is checked again. */
export function Mapping({ roster }: { roster: RosterView }) {
  const { t } = useTranslation('roster');
  const text = useText();
  const words = useProblemWords();
  const columns = useRosterColumns(true).data ?? [];
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const map = useMapRoster(roster.id);
  return (
    <section className="box">
      <h2>{t('mapping.title', { count: roster.unknownHeaders.length })}</h2>
      <p className="quiet">{t('mapping.hint')}</p>
      <ul className="mapping">
        {roster.unknownHeaders.map((header) => (
          <li key={header}>
            <span>{header}</span>
            <span aria-hidden>→</span>
            <Select
              aria-label={t('mapping.column', { header })}
              value={mapping[header] ?? ''}
              onChange={(value) => setMapping({ ...mapping, [header]: value })}
              showSearch={{ optionFilterProp: 'label' }}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: t('mapping.ignore') },
                ...columns.map((column) => ({ value: column.key, label: text(column.title) })),
              ]}
            />
          </li>
        ))}
      </ul>
      {map.error && <Alert type="error" showIcon title={words(map.error)} className="gap-below" />}
      <Button
        loading={map.isPending}
        onClick={() =>
          map.mutate(Object.fromEntries(roster.unknownHeaders.map((header) => [header, mapping[header] ?? ''])))
        }
      >
        {t('mapping.apply')}
      </Button>
    </section>
  );
}
