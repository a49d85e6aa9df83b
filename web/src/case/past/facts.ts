import type { CaseView, PlanStep } from '../../api/types';

export type FactKey = string;

type Declared = CaseView['formFields'][number];

/** One line of a comparison; print is what tells two values apart. */
export type Fact =
  | { kind: 'state' | 'stage' | 'tasks' | 'files'; view: CaseView; print: string }
  | { kind: 'field'; field: Declared; value: unknown; print: string }
  | { kind: 'step'; step: PlanStep; print: string };

/** What a moment of a case is made of: where it stands, who has it until when, form, papers, way. */
export function factsOf(view: CaseView): Map<FactKey, Fact> {
  const facts = new Map<FactKey, Fact>();
  const open = view.tasks.filter((task) => task.state === 'open' || task.state === 'waiting');
  facts.set('state', { kind: 'state', view, print: view.state });
  facts.set('stage', { kind: 'stage', view, print: view.stage });
  facts.set('tasks', {
    kind: 'tasks',
    view,
    print: JSON.stringify(open.map((task) => [task.office, task.owner ?? '', task.state, task.due ?? ''])),
  });
  for (const field of view.formFields) {
    const value = view.form[field.key];
    if (value === undefined || field.key === 'lineSet' || facts.has(`field ${field.key}`)) continue;
    facts.set(`field ${field.key}`, { kind: 'field', field, value, print: JSON.stringify(value) });
  }
  facts.set('files', { kind: 'files', view, print: JSON.stringify(view.attachments.map((file) => file.file)) });
  for (const step of view.plan) {
    if (!step.visit) continue;
    facts.set(`step ${step.visit}`, {
      kind: 'step',
      step,
      print: JSON.stringify([step.state, step.outcome ?? '', step.signers.map((signer) => signer.person ?? '')]),
    });
  }
  return facts;
}
