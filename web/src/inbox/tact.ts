import type { ActionBody, CaseView } from '../api/types';

/** Acts that finish a task, after which the next one may open. */
const FINISHING = new Set([
  'approve',
  'return',
  'reject',
  'not-accept',
  'transfer',
  'withdraw',
  'read',
  'resolve',
  'delegate',
  'suspend',
]);

/** Whether the act reports or confirms a death, also when the report came in an earlier stage. */
export function concernsDeath(after: Pick<CaseView, 'form' | 'type'>, body: Pick<ActionBody, 'form'>): boolean {
  if (after.type === 'death' || after.type === 'rescission') return true;
  return body.form?.outcome === 'died' || after.form.outcome === 'died';
}

/** After a death no next task opens by itself (glossary.md, tact). */
export function opensNext(after: Pick<CaseView, 'form' | 'type'>, body: Pick<ActionBody, 'action' | 'form'>): boolean {
  return FINISHING.has(body.action) && !concernsDeath(after, body);
}
