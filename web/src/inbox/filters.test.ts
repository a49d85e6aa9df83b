import { describe, expect, it } from 'vitest';
import type { TaskItem } from '../api/types';
import { arrange, nextTask, readAddress } from './filters';
import { opensNext } from './tact';

const task = (id: string, dueDays: number | undefined, openedAt = id): TaskItem => ({
  id,
  case: `YJ-${id}`,
  type: 'handover',
  typeTitle: { zh: '', en: '' },
  title: id,
  stage: 'acceptance',
  stageTitle: { zh: '', en: '' },
  office: 'bureau',
  officeName: '',
  role: 'clerk',
  state: 'open',
  version: 1,
  kind: '',
  escalated: 0,
  suspended: false,
  openedAt,
  ...(dueDays === undefined ? {} : { due: `2026-12-${String(10 + dueDays).padStart(2, '0')}`, dueDays }),
});

describe('the inbox', () => {
  it('reads its address and falls back to the to-do box', () => {
    expect(readAddress(new URLSearchParams('box=cc&q=王&sort=opened'))).toMatchObject({
      box: 'cc',
      q: '王',
      sort: 'opened',
    });
    expect(readAddress(new URLSearchParams('box=nonsense&due=later'))).toMatchObject({
      box: 'todo',
      due: '',
      sort: 'due',
    });
  });

  it('sorts by deadline, tasks without one last', () => {
    const tasks = [task('c', undefined), task('b', 3), task('a', -1)];
    expect(arrange(tasks, { box: 'todo', due: '', sort: 'due' }).map((each) => each.id)).toEqual(['a', 'b', 'c']);
    expect(arrange(tasks, { box: 'todo', due: 'overdue', sort: 'due' }).map((each) => each.id)).toEqual(['a']);
    expect(arrange(tasks, { box: 'done', due: '', sort: 'due' }).map((each) => each.id)).toEqual(['c', 'b', 'a']);
  });

  it('goes on to the following task, at the end to the one before', () => {
    const tasks = [task('a', 1), task('b', 2), task('c', 3)];
    expect(nextTask(tasks, 'a')?.id).toBe('b');
    expect(nextTask(tasks, 'c')?.id).toBe('b');
    expect(nextTask([task('a', 1)], 'a')).toBeUndefined();
  });

  it('opens no next task by itself after a death', () => {
    expect(opensNext({ type: 'reception', form: {} }, { action: 'approve' })).toBe(true);
    expect(opensNext({ type: 'reception', form: {} }, { action: 'approve', form: { outcome: 'died' } })).toBe(false);
    expect(opensNext({ type: 'reception', form: { outcome: 'died' } }, { action: 'approve' })).toBe(false);
    expect(opensNext({ type: 'reception', form: {} }, { action: 'comment' })).toBe(false);
    expect(opensNext({ type: 'death', form: {} }, { action: 'approve' })).toBe(false);
  });
});
