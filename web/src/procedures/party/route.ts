import type { CaseView } from '../../api/types';

/** One step of the way to a rule: what was looked at, what came of it, and where the rule stands. */
export interface Evidence {
  step: string;
  stepEN: string;
  value: string;
  clause: string;
}

/** A value of the case, or what is proposed for it in the present stage. */
export function known(view: CaseView, key: string): unknown {
  return view.form[key] ?? view.tasks.find((task) => task.form.proposal[key] !== undefined)?.form.proposal[key];
}

export function evidenceOf(value: unknown): Evidence[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null)
    .map((each) => ({
      step: String(each.step ?? ''),
      stepEN: String(each.stepEN ?? ''),
      value: String(each.value ?? ''),
      clause: String(each.clause ?? ''),
    }));
}
