import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProcedures } from '../api/directory';
import { BOXES } from '../api/types';
import { useDebounced } from '../app/search/useDebounced';
import { Chip } from '../shared/Chip';
import { SavedViews } from '../shared/SavedViews';
import { useText } from '../shared/text';
import { type InboxAddress, isOpenBox } from './filters';

/** What a saved view of the inbox holds. */
const VIEW_KEYS = ['box', 'type', 'q', 'due', 'sort'] as const;

interface Props {
  address: InboxAddress;
  onChange: (changes: Record<string, string | undefined>) => void;
}

/** Box, procedure, urgency and text: every filter stands in the address. */
export function InboxFilters({ address, onChange }: Props) {
  const { t } = useTranslation('inbox');
  const text = useText();
  const procedures = useProcedures().data ?? [];
  const [typed, setTyped] = useState(address.q);
  const settled = useDebounced(typed.trim(), 300);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the typed text only
  useEffect(() => {
    if (settled !== address.q) onChange({ q: settled });
  }, [settled]);
  const leave = { task: undefined, case: undefined, tab: undefined };
  return (
    <div className="inbox-filters">
      <SavedViews page="inbox" keys={VIEW_KEYS} initial={{ box: address.box }} />
      <div className="chips">
        {BOXES.map((box) => (
          <Chip key={box} on={address.box === box} onClick={() => onChange({ box, due: undefined, ...leave })}>
            {t(`frame:box.${box}`)}
          </Chip>
        ))}
      </div>
      <div className="inbox-filter-row">
        <Input
          size="small"
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t('filter.text')}
          aria-label={t('filter.text')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {isOpenBox(address.box) && (
          <Select
            size="small"
            aria-label={t('filter.sort')}
            value={address.sort}
            onChange={(sort) => onChange({ sort: sort === 'due' ? undefined : sort })}
            options={[
              { value: 'due', label: t('sort.due') },
              { value: 'opened', label: t('sort.opened') },
            ]}
            popupMatchSelectWidth={false}
          />
        )}
      </div>
      <div className="chips">
        {procedures.map((procedure) => (
          <Chip
            key={procedure.type}
            on={address.type === procedure.type}
            onClick={() => onChange({ type: address.type === procedure.type ? undefined : procedure.type })}
          >
            {text(procedure.title)}
          </Chip>
        ))}
        {isOpenBox(address.box) &&
          (['overdue', 'soon'] as const).map((due) => (
            <Chip
              key={due}
              on={address.due === due}
              onClick={() => onChange({ due: address.due === due ? undefined : due })}
            >
              {t(`filter.${due}`)}
            </Chip>
          ))}
      </div>
    </div>
  );
}
