import type { ActionView, CaseView, TaskView } from '../api/types';

/** The acts of one task and of the whole case, by name. */
export interface Acts {
  task: TaskView | undefined;
  of: (action: string) => ActionView | undefined;
  allowed: (action: string) => boolean;
}

/**
 * The task a caller means on a case: the one that was opened, if it is the caller's office's; else the
 * first that may be signed; else the first of the office, whose acts then say why not.
 */
export function actsOf(view: CaseView, wanted: string): Acts {
  const own = view.tasks.filter(
    (task) => task.state === 'open' && view.actions.some((action) => action.taskId === task.id),
  );
  const signable = own.filter((task) =>
    view.actions.some((action) => action.taskId === task.id && action.action === 'approve' && action.allowed),
  );
  const task = own.find((each) => each.id === wanted) ?? signable[0] ?? own[0];
  const of = (action: string) =>
    view.actions.find((each) => each.action === action && each.taskId === task?.id && task !== undefined) ??
    view.actions.find((each) => each.action === action && !each.taskId);
  return { task, of, allowed: (action) => of(action)?.allowed === true };
}
