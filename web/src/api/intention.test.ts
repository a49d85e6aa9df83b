import { describe, expect, it } from 'vitest';
import { fingerprint, Intention, randomKey } from './intention';

function counted(): Intention {
  let n = 0;
  return new Intention(() => `key-${++n}`);
}

describe('an intention', () => {
  it('keeps its key while the same body is sent again', () => {
    const intention = counted();
    expect(intention.keyFor({ action: 'approve' })).toBe('key-1');
    expect(intention.keyFor({ action: 'approve' })).toBe('key-1');
  });

  it('gets another key with another body, which the server would refuse under the old one', () => {
    const intention = counted();
    intention.keyFor({ opinion: 'a' });
    expect(intention.keyFor({ opinion: 'b' })).toBe('key-2');
  });

  it('ends with a definite answer, so that doing the same again is a new intention', () => {
    const intention = counted();
    intention.keyFor({ action: 'comment' });
    intention.finish();
    expect(intention.keyFor({ action: 'comment' })).toBe('key-2');
  });

  it('makes keys the API takes', () => {
    expect(randomKey()).toMatch(/^[A-Za-z0-9_-]{1,100}$/);
    expect(randomKey()).not.toBe(randomKey());
  });

  it('tells files apart by name, size and date', () => {
    const file = (content: string, name: string) => new File([content], name, { lastModified: 1 });
    expect(fingerprint({ file: file('a', 'x.csv') })).toBe(fingerprint({ file: file('b', 'x.csv') }));
    expect(fingerprint({ file: file('a', 'x.csv') })).not.toBe(fingerprint({ file: file('aa', 'x.csv') }));
    expect(fingerprint({ file: file('a', 'x.csv') })).not.toBe(fingerprint({ file: file('a', 'y.csv') }));
  });
});
