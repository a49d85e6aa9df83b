import type { ActionView, CaseView, TaskView } from '../api/types';

/** The acts of one task and of the whole case, by name. */
export interface Acts {
  task: TaskView | undefined;
  of: (action: string) => ActionView | undefined;
  allowed: (action: string) => boolean;
  /** The tasks on which an act may be taken, for acts on tasks that are not the caller's own. */
  tasksFor: (action: string) => TaskView[];
}

/** Acts that mean one of several tasks, whoever has it. */
const ON_ANY_TASK = new Set(['reassign', 'extend', 'remove-signer']);

const isUnsigned = (task: TaskView) => task.state === 'open' || task.state === 'waiting';

/**
 * The task a caller means on a case: the one that was opened, if it is the caller's office's; else the
 * first that may be signed; else the first of the office, whose acts then say why not.
 */
export function actsOf(view: CaseView, wanted: string): Acts {
  const has = (task: TaskView, allowed: boolean) =>
    view.actions.some(
      (act) =>
        act.taskId === task.id && (act.action === 'approve' || act.action === 'resolve') && (act.allowed || !allowed),
    );
  const own = view.tasks.filter((task) => isUnsigned(task) && has(task, false));
  const signable = own.filter((task) => has(task, true));
  const task = own.find((each) => each.id === wanted) ?? signable[0] ?? own[0];
  const onTasks = (action: string) =>
    view.actions.filter((act) => act.action === action && view.tasks.some((each) => each.id === act.taskId));
  const of = (action: string) => {
    if (ON_ANY_TASK.has(action)) {
      const all = onTasks(action);
      return all.find((act) => act.allowed && act.taskId === wanted) ?? all.find((act) => act.allowed) ?? all[0];
    }
    return (
      view.actions.find((each) => each.action === action && task !== undefined && each.taskId === task.id) ??
      view.actions.find((each) => each.action === action && !each.taskId)
    );
  };
  return {
    task,
    of,
    allowed: (action) => of(action)?.allowed === true,
    tasksFor: (action) =>
      view.tasks.filter((each) => onTasks(action).some((act) => act.allowed && act.taskId === each.id)),
  };
}
