import { useEffect, useRef } from 'react';
import { isTyping, KeyReader } from './keys';

type Bindings = Record<string, (() => void) | undefined>;

/** An open dialog keeps letters away from the page behind it. */
function dialogIsOpen(): boolean {
  return Array.from(document.querySelectorAll<HTMLElement>('[role="dialog"]')).some(
    (dialog) => dialog.getClientRects().length > 0,
  );
}

/**
 * Binds keys while the component is shown. Keys with Ctrl work everywhere; letters are off while
 * typing and while a dialog is open. Two components may bind different keys at the same time.
 */
export function useKeys(bindings: Bindings): void {
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });
  useEffect(() => {
    const reader = new KeyReader();
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const typing = isTyping(event.target as HTMLElement | null);
      const withControl = event.ctrlKey || event.metaKey;
      if (!withControl && (typing || dialogIsOpen())) return;
      const act = current.current[reader.read(event, Date.now())];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
