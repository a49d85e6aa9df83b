import { describe, expect, it } from 'vitest';
import { dueKind, dueWording, isPartyOffice } from './due';

const DUE = '2026-12-01T09:00:00+08:00';

describe('due', () => {
  it('is chosen by the working days left', () => {
    expect(dueKind(undefined, undefined)).toBe('none');
    expect(dueKind(-3, DUE)).toBe('overdue');
    expect(dueKind(0, DUE)).toBe('today');
    expect(dueKind(2, DUE)).toBe('soon');
    expect(dueKind(3, DUE)).toBe('later');
  });

  it('counts without a sign, the word says which side', () => {
    expect(dueWording(-3, DUE)).toEqual({ key: 'due.overdue', count: 3 });
    expect(dueWording(2, DUE)).toEqual({ key: 'due.soon', count: 2 });
  });

  it('knows the offices that are not hurried', () => {
    expect(isPartyOffice('organisation')).toBe(true);
    expect(isPartyOffice('party')).toBe(true);
    expect(isPartyOffice('bureau')).toBe(false);
    expect(isPartyOffice(undefined)).toBe(false);
  });
});
