import { useMemo, useState } from 'react';
import { useKeptDraft } from '../../api/desk';
import type { TaskView } from '../../api/types';
import { bodyOf, changedFields, type FieldSpec, missingFields, readSchema, startValues, type Values } from './schema';
import { useAutosave } from './useAutosave';

export interface Draft {
  specs: FieldSpec[];
  values: Values;
  errors: Record<string, string>;
  /** What was written as an opinion and not sent yet. */
  opinion: string;
  set: (key: string, value: unknown) => void;
  setOpinion: (opinion: string) => void;
  setErrors: (errors: Record<string, string>) => void;
  body: () => Values;
  missing: () => string[];
  changed: () => Values;
  /** When it was kept last; empty while nothing was. */
  savedAt: string;
  saveFailed: boolean;
  /** The task has changed since the draft was kept: it is offered, not filled in. */
  offered: boolean;
  restore: () => void;
  forget: () => void;
}

interface State {
  of: string;
  values: Values;
  opinion: string;
  errors: Record<string, string>;
  /** Somebody has begun to fill it in here, or chose to begin anew. */
  touched: boolean;
}

const NOTHING: State = { of: '', values: {}, opinion: '', errors: {}, touched: false };

/**
 * What a person is filling in for one task. It survives switching tabs, re-reading the case and
 * closing the browser, and begins anew when the task's basis changes: then what was looked at is no
 * longer true, and what was filled in is only offered.
 */
export function useDraft(task: TaskView | undefined, editable: boolean): Draft {
  const of = task ? `${task.id}:${task.basis}` : '';
  // Added signers look at the form and sign; filling it in is the duty of whoever asked them.
  const schema = task?.kind ? undefined : task?.form.schema;
  const specs = useMemo(() => readSchema(schema), [schema]);
  const proposal: Values = task?.form.proposal ?? {};
  const [state, setState] = useState<State>(NOTHING);
  const kept = useKeptDraft(task?.id ?? '', editable).data;
  const autosave = useAutosave(editable ? (task?.id ?? '') : '');
  const restored = (): State => ({
    ...NOTHING,
    of,
    values: { ...startValues(specs, proposal), ...known(specs, kept?.form) },
    opinion: kept?.opinion ?? '',
  });
  const fresh = { ...NOTHING, of, values: startValues(specs, proposal) };
  const current = state.of === of ? state : kept && kept.basis === task?.basis ? restored() : fresh;
  const change = (next: State) => {
    setState({ ...next, touched: true });
    if (task) autosave.note({ basis: task.basis, form: next.values, opinion: next.opinion });
  };
  return {
    specs,
    values: current.values,
    errors: current.errors,
    opinion: current.opinion,
    set: (key, value) => {
      const { [key]: _gone, ...errors } = current.errors;
      change({ ...current, values: { ...current.values, [key]: value }, errors });
    },
    setOpinion: (opinion) => change({ ...current, opinion }),
    setErrors: (errors) => setState({ ...current, errors, touched: true }),
    body: () => bodyOf(specs, current.values, proposal),
    missing: () => missingFields(specs, current.values),
    changed: () => changedFields(specs, current.values, proposal),
    savedAt: autosave.savedAt || (current.touched || kept?.basis !== task?.basis ? '' : (kept?.savedAt ?? '')),
    saveFailed: autosave.failed,
    offered: Boolean(kept) && kept?.basis !== task?.basis && !current.touched,
    restore: () => change(restored()),
    forget: () => {
      setState({ ...fresh, touched: true });
      autosave.forget();
    },
  };
}

/** The kept values that the form still asks for. */
function known(specs: FieldSpec[], form: Record<string, unknown> | undefined): Values {
  return Object.fromEntries(
    specs
      .filter((spec) => !spec.computed && form?.[spec.key] !== undefined)
      .map((spec) => [spec.key, form?.[spec.key]]),
  );
}
