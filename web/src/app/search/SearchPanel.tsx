import { FileTextOutlined, RightOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { Input, type InputRef, Modal } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCases } from '../../api/cases';
import { usePeople } from '../../api/people';
import { useAllowed } from '../../api/session';
import type { CaseItem, PersonItem } from '../../api/types';
import { useText } from '../../shared/text';
import { useCommands } from './commands';
import { PhoneCallView } from './PhoneCallView';
import { useDebounced } from './useDebounced';

interface Entry {
  key: string;
  to: string;
  icon: ReactNode;
  title: string;
  hint: string;
  /** The case that the phone-call view tells about. */
  case?: string | undefined;
  person?: PersonItem;
}

/**
 * The global search and the command palette in one: cases by number, name or last digits, people,
 * and where to go. For the highlighted result the phone-call view stands beside it.
 */
export function SearchPanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('frame');
  const input = useRef<InputRef>(null);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      width={880}
      className="search-panel"
      destroyOnHidden
      title={t('search.title')}
      afterOpenChange={(shown) => shown && input.current?.focus()}
    >
      <SearchBody input={input} onClose={onClose} />
    </Modal>
  );
}

function SearchBody({ input, onClose }: { input: React.RefObject<InputRef | null>; onClose: () => void }) {
  const { t } = useTranslation('frame');
  const go = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const q = useDebounced(typed.trim(), 250);
  const { entries, searching } = useEntries(q);
  const selected = entries[Math.min(chosen, entries.length - 1)];
  // A new text begins at its first result.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the text matters
  useEffect(() => setChosen(0), [q]);
  const openEntry = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    void go(entry.to);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((n) => Math.min(n + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setChosen((n) => Math.max(n - 1, 0));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) openEntry(selected);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Input
        ref={input}
        size="large"
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={pressed}
        allowClear
      />
      <div className="search-columns">
        <ul className="search-results" aria-label={t('search.results')}>
          {entries.map((entry, index) => (
            <li key={entry.key}>
              <button
                type="button"
                className={entry === selected ? 'search-entry search-chosen' : 'search-entry'}
                aria-current={entry === selected}
                onMouseEnter={() => setChosen(index)}
                onFocus={() => setChosen(index)}
                onClick={() => openEntry(entry)}
              >
                <span aria-hidden>{entry.icon}</span>
                <span>
                  <span className="search-title">{entry.title}</span>
                  <span className="quiet">{entry.hint}</span>
                </span>
              </button>
            </li>
          ))}
          {entries.length === 0 && (
            <li className="quiet search-none">{t(searching ? 'search.searching' : 'search.none')}</li>
          )}
        </ul>
        <div className="search-preview">
          {selected?.case || selected?.person ? (
            <PhoneCallView key={selected.key} no={selected.case} person={selected.person} />
          ) : (
            <p className="quiet">{t('search.hint')}</p>
          )}
        </div>
      </div>
    </>
  );
}

function useEntries(q: string): { entries: Entry[]; searching: boolean } {
  const { t } = useTranslation('frame');
  const text = useText();
  const allowed = useAllowed();
  const commands = useCommands();
  const cases = useCases({ q }, { limit: 8, enabled: q.length >= 2 && allowed('case.read') });
  const people = usePeople(q, { limit: 8, enabled: q.length >= 2 && allowed('person.read') });
  const entries = useMemo(() => {
    const caseEntry = (item: CaseItem): Entry => ({
      key: `case ${item.no}`,
      to: `/cases/${item.no}`,
      icon: <FileTextOutlined aria-hidden />,
      title: item.title,
      hint: `${item.no} · ${text(item.stageTitle) || t(`common:caseState.${item.state}`)}`,
      case: item.no,
    });
    const personEntry = (item: PersonItem): Entry => ({
      key: `person ${item.id}`,
      to: `/people/${item.id}`,
      icon: <UserOutlined aria-hidden />,
      title: item.name,
      hint: [item.idNumber, item.communityName || item.enterprise].filter(Boolean).join(' · '),
      case: item.openCase,
      person: item,
    });
    const found: Entry[] = [];
    if (q.length >= 2) {
      found.push(
        ...(cases.data?.pages[0]?.items ?? []).map(caseEntry),
        ...(people.data?.pages[0]?.items ?? []).map(personEntry),
      );
    }
    const lower = q.toLowerCase();
    for (const command of commands) {
      if (!q || command.title.toLowerCase().includes(lower)) {
        found.push({
          key: `command ${command.to}`,
          to: command.to,
          icon: <RightOutlined aria-hidden />,
          title: command.title,
          hint: t('search.command'),
        });
      }
    }
    return found;
  }, [q, cases.data, people.data, commands, t, text]);
  return { entries, searching: q.length >= 2 && (cases.isFetching || people.isFetching) };
}
