import { type KeyboardEvent, useEffect, useId, useRef } from 'react';

interface Props {
  label: string;
  tabs: { key: string; label: string }[];
  active: string;
  onChange: (key: string) => void;
  /** The content of the active tab. */
  children: React.ReactNode;
}

/**
 * Tabs that scroll sideways where they do not fit. antd's own hide the rest behind a menu inside the
 * tab list, where screen readers do not expect one. Arrow keys move between the tabs.
 */
export function TabBar({ label, tabs, active, onChange, children }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  // The active tab may be one that does not fit.
  useEffect(() => {
    const tab = document.getElementById(`${id}${active}`);
    if (list.current && tab) list.current.scrollLeft = tab.offsetLeft - list.current.offsetLeft - 24;
  }, [id, active]);
  const pressed = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const index = tabs.findIndex((tab) => tab.key === active);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.key);
    document.getElementById(`${id}${next.key}`)?.focus();
  };
  return (
    <>
      <div ref={list} className="tabs" role="tablist" aria-label={label} onKeyDown={pressed}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`${id}${tab.key}`}
            type="button"
            role="tab"
            className={tab.key === active ? 'tab tab-active' : 'tab'}
            aria-selected={tab.key === active}
            aria-controls={`${id}panel`}
            tabIndex={tab.key === active ? 0 : -1}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div className="tab-panel" role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${active}`}>
        {children}
      </div>
    </>
  );
}
