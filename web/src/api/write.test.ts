import { describe, expect, it, vi } from 'vitest';
import { Problem } from './problem';
import { isUndecided, sendWrite } from './write';

const answer = (status: number, data: unknown) => ({
  ...(status < 400 ? { data } : { error: data }),
  response: new Response(null, { status }),
});

describe('a write', () => {
  it('asks again with the same key after 202', async () => {
    vi.useFakeTimers();
    const keys: string[] = [];
    const answers = [answer(202, {}), answer(202, {}), answer(200, { no: 'YJ-1' })];
    const sent = sendWrite(
      async (_input: object, headers) => {
        keys.push(headers['Idempotency-Key']);
        return answers.shift() ?? answer(500, {});
      },
      {},
      'key-1',
      true,
    );
    await vi.runAllTimersAsync();
    expect(await sent).toEqual({ no: 'YJ-1' });
    expect(keys).toEqual(['key-1', 'key-1', 'key-1']);
    vi.useRealTimers();
  });

  it('takes 202 for an answer where it is one (an upload)', async () => {
    expect(await sendWrite(async () => answer(202, { id: 'r' }), {}, 'k', false)).toEqual({ id: 'r' });
  });

  it('throws a refusal at once', async () => {
    const refused = sendWrite(async () => answer(409, { code: 'stale', detail: '已更新' }), {}, 'k', true);
    await expect(refused).rejects.toMatchObject({ status: 409, code: 'stale', message: '已更新' });
  });
});

describe('isUndecided', () => {
  it('keeps the key only when nobody knows what happened', () => {
    expect(isUndecided(new Problem(0, 'network', ''))).toBe(true);
    expect(isUndecided(new Problem(503, 'unavailable', ''))).toBe(true);
    expect(isUndecided(new Problem(202, 'still_working', ''))).toBe(true);
    expect(isUndecided(new Problem(422, 'invalid_input', ''))).toBe(false);
    expect(isUndecided(new Problem(409, 'stale', ''))).toBe(false);
  });
});
