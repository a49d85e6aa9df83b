import { BOXES, type Box, type TaskItem } from '../api/types';

/** What the address of the inbox says. */
export interface InboxAddress {
  box: Box;
  type: string;
  q: string;
  /** Only what is overdue or due soon. */
  due: '' | 'overdue' | 'soon';
  sort: 'due' | 'opened';
  /** The task shown at the right. */
  task: string;
  /** Its case, so that a link works even when the task has left the list. */
  case: string;
}

export function readAddress(params: URLSearchParams): InboxAddress {
  const box = params.get('box') ?? '';
  const due = params.get('due');
  return {
    box: (BOXES as readonly string[]).includes(box) ? (box as Box) : 'todo',
    type: params.get('type') ?? '',
    q: params.get('q') ?? '',
    due: due === 'overdue' || due === 'soon' ? due : '',
    sort: params.get('sort') === 'opened' ? 'opened' : 'due',
    task: params.get('task') ?? '',
    case: params.get('case') ?? '',
  };
}

/** Whether a box holds tasks still to be done. */
export const isOpenBox = (box: Box) => box === 'todo' || box === 'claimable';

const NEVER = '9999';

/** The loaded tasks as the chips and the sorting want them. */
export function arrange(tasks: TaskItem[], address: Pick<InboxAddress, 'box' | 'due' | 'sort'>): TaskItem[] {
  const kept = tasks.filter((task) => {
    if (address.due === 'overdue') return (task.dueDays ?? 0) < 0;
    if (address.due === 'soon') return task.dueDays !== undefined && task.dueDays >= 0 && task.dueDays <= 2;
    return true;
  });
  // Done boxes keep the order of the API: newest first.
  if (!isOpenBox(address.box)) return kept;
  if (address.sort === 'opened') return kept.sort((a, b) => a.openedAt.localeCompare(b.openedAt));
  return kept.sort((a, b) => (a.due ?? NEVER).localeCompare(b.due ?? NEVER));
}

/**
 * The task that follows the finished one in the list; the one before it at the end. Nothing when the
 * list is done.
 */
export function nextTask(tasks: TaskItem[], finished: string): TaskItem | undefined {
  const index = tasks.findIndex((task) => task.id === finished);
  if (index < 0) return tasks[0];
  return tasks[index + 1] ?? tasks[index - 1];
}
