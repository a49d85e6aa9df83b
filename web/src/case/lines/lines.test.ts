import { describe, expect, it } from 'vitest';
import type { Line } from '../../api/types';
import { asLines, estateOf, setOn } from './edits';
import { reconcile } from './totals';

const line = (id: string, street: string): Line => ({
  id,
  row: 1,
  hidden: false,
  name: '',
  idNumber: '',
  residence: '',
  street,
  streetName: '',
  community: '',
  communityName: '',
  matchResult: '',
  matchReason: { zh: '', en: '' },
  outcome: '',
  outcomeReason: { zh: '', en: '' },
  cells: {},
});

describe('line corrections', () => {
  it('set a field on several lines and drop what equals the held value', () => {
    const lines = [line('a', '210106001'), line('b', '')];
    const edits = setOn({}, lines, 'street', '210106001');
    expect(asLines(edits)).toEqual([{ line: 'b', field: 'street', value: '210106001' }]);
    expect(asLines(setOn(edits, lines, 'street', ''))).toEqual([{ line: 'a', field: 'street', value: '' }]);
  });

  it('find the estate of an address', () => {
    expect(estateOf('老厂宿舍3栋2单元')).toBe('老厂宿舍');
    expect(estateOf('昆明湖街道建农社区')).toBe('昆明湖街道建农社区');
  });
});

describe('totals', () => {
  it('reconcile: people = the sum of the outcomes + open', () => {
    const totals = { people: 12, open: 3, outcomes: { received: 8, returned: 1 }, streets: {} };
    expect(reconcile(totals)).toEqual({
      parts: [
        { outcome: 'open', count: 3 },
        { outcome: 'received', count: 8 },
        { outcome: 'returned', count: 1 },
      ],
      agrees: true,
    });
    expect(reconcile({ ...totals, people: 13 }).agrees).toBe(false);
  });
});
