import { describe, expect, it } from 'vitest';
import type { CaseView } from '../../api/types';
import { factsOf } from './facts';

const view = (change: Partial<CaseView>): CaseView =>
  ({
    state: 'open',
    stage: 'acceptance',
    tasks: [],
    form: {},
    formFields: [{ key: 'note', title: { zh: '备注', en: 'Note' }, kind: 'text' }],
    attachments: [],
    plan: [],
    ...change,
  }) as unknown as CaseView;

describe('two moments of a case', () => {
  it('differ in what was filled in, moved or decided', () => {
    const before = factsOf(view({ form: { note: '一' } }));
    const after = factsOf(view({ form: { note: '二' }, stage: 'review' }));
    const changed = [...after.keys()].filter((key) => before.get(key)?.print !== after.get(key)?.print);
    expect(changed).toEqual(['stage', 'field note']);
  });

  it('hold nothing that was not there yet', () => {
    expect(factsOf(view({})).has('field note')).toBe(false);
    expect(factsOf(view({ form: { note: '' } })).has('field note')).toBe(true);
  });
});
