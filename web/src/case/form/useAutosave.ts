import { useCallback, useEffect, useRef, useState } from 'react';
import { type DraftContent, forgetDraft, keepDraft } from '../../api/desk';

/** How long after the last key a draft is kept, and how long a failed attempt waits. */
const PAUSE_MS = 1_500;
const RETRY_MS = 10_000;

export interface Autosave {
  /** Notes what is to be kept a moment from now. */
  note: (content: DraftContent) => void;
  /** The task was acted on: nothing is kept any more. */
  forget: () => void;
  savedAt: string;
  failed: boolean;
}

/** Keeps what is being filled in for a task: a moment after typing, and when the task or page is left. */
export function useAutosave(task: string): Autosave {
  const pending = useRef<DraftContent | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [state, setState] = useState({ task, savedAt: '', failed: false });
  const save = useCallback(async () => {
    clearTimeout(timer.current);
    const content = pending.current;
    if (!content || !task) return;
    pending.current = undefined;
    try {
      const savedAt = await keepDraft(task, content);
      setState({ task, savedAt, failed: false });
    } catch {
      // What was typed since counts; else this is tried again.
      pending.current ??= content;
      setState((before) => ({ task, savedAt: before.task === task ? before.savedAt : '', failed: true }));
      timer.current = setTimeout(() => void save(), RETRY_MS);
    }
  }, [task]);
  useEffect(() => {
    const leaving = () => {
      if (document.visibilityState === 'hidden') void save();
    };
    document.addEventListener('visibilitychange', leaving);
    window.addEventListener('pagehide', leaving);
    return () => {
      document.removeEventListener('visibilitychange', leaving);
      window.removeEventListener('pagehide', leaving);
      void save();
    };
  }, [save]);
  const note = useCallback(
    (content: DraftContent) => {
      pending.current = content;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE_MS);
    },
    [save],
  );
  const forget = useCallback(() => {
    pending.current = undefined;
    clearTimeout(timer.current);
    setState({ task, savedAt: '', failed: false });
    if (task) void forgetDraft(task);
  }, [task]);
  const mine = state.task === task;
  return { note, forget, savedAt: mine ? state.savedAt : '', failed: mine && state.failed };
}
