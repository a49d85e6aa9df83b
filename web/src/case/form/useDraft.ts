import { useMemo, useState } from 'react';
import type { TaskView } from '../../api/types';
import { bodyOf, changedFields, type FieldSpec, missingFields, readSchema, startValues, type Values } from './schema';

export interface Draft {
  specs: FieldSpec[];
  values: Values;
  errors: Record<string, string>;
  set: (key: string, value: unknown) => void;
  setErrors: (errors: Record<string, string>) => void;
  body: () => Values;
  missing: () => string[];
  changed: () => Values;
}

interface State {
  of: string;
  values: Values;
  errors: Record<string, string>;
}

/**
 * What a person is filling in for one task. It survives switching tabs and re-reading the case, and
 * begins anew when the task's basis changes: then what was looked at is no longer true.
 */
export function useDraft(task: TaskView | undefined): Draft {
  const of = task ? `${task.id}:${task.basis}` : '';
  const specs = useMemo(() => readSchema(task?.form.schema), [task?.form.schema]);
  const proposal: Values = task?.form.proposal ?? {};
  const [state, setState] = useState<State>({ of: '', values: {}, errors: {} });
  const current = state.of === of ? state : { of, values: startValues(specs, proposal), errors: {} };
  return {
    specs,
    values: current.values,
    errors: current.errors,
    set: (key, value) => {
      const { [key]: _gone, ...errors } = current.errors;
      setState({ of, values: { ...current.values, [key]: value }, errors });
    },
    setErrors: (errors) => setState({ ...current, errors }),
    body: () => bodyOf(specs, current.values, proposal),
    missing: () => missingFields(specs, current.values),
    changed: () => changedFields(specs, current.values, proposal),
  };
}
