import { describe, expect, it } from 'vitest';
import { readEvent } from './stream';

describe('the stream', () => {
  it('reads what the server sends and leaves out what it does not know', () => {
    expect(readEvent('unread', '{"unread":3}')).toEqual({ type: 'unread', unread: 3 });
    expect(readEvent('changed', '{}')).toEqual({ type: 'changed' });
    expect(readEvent('notice', '{"id":"7"}')).toEqual({ type: 'notice', notice: { id: '7' } });
    expect(readEvent('notice', '{}')).toBeUndefined();
    expect(readEvent('unread', '{"unr')).toBeUndefined();
    expect(readEvent('surprise', '{}')).toBeUndefined();
  });
});
