import { describe, expect, it } from 'vitest';
import { readSchema } from '../case/form/schema';
import { factsOf, isMissing } from './facts';

const specs = readSchema({
  required: ['rehired', 'months'],
  'x-order': ['rehired', 'months', 'abroad', 'community', 'note'],
  properties: {
    rehired: { type: ['boolean', 'null'], 'x-question': true },
    months: { type: 'number' },
    abroad: { type: 'boolean' },
    note: { type: 'string' },
    community: {
      type: 'object',
      required: ['established'],
      properties: { established: { type: 'boolean', 'x-question': true }, remote: { type: 'boolean' } },
    },
  },
});

describe('the facts of a rule', () => {
  it('wait for every question, and take 不清楚 and no for answers', () => {
    expect(isMissing(specs, {})).toBe(true);
    expect(isMissing(specs, { rehired: null, months: 0 })).toBe(true);
    expect(isMissing(specs, { rehired: null, months: 0, community: { established: false } })).toBe(false);
  });

  it('say no for a box that is not ticked, and leave out what is empty', () => {
    expect(factsOf(specs, { rehired: null, months: 0, note: '', community: { established: false } })).toEqual({
      rehired: null,
      months: 0,
      abroad: false,
      community: { established: false, remote: false },
    });
  });
});
