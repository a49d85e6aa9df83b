import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { Problem } from './problem';
import { standingOf } from './session';
import type { Me } from './types';

const read = async (queries: QueryClient, answer: () => Promise<Me | null>) => {
  await queries.fetchQuery({ queryKey: ['me'], queryFn: answer, retry: false }).catch(() => undefined);
  return new QueryObserver<Me | null>(queries, { queryKey: ['me'], enabled: false }).getCurrentResult();
};
const broken = () => Promise.reject(new Problem(0, 'network', ''));

test('who is signed in stays so when reading it again fails: a half-filled dialog is not thrown away', async () => {
  const queries = new QueryClient();
  expect(standingOf(await read(queries, broken))).toBe('failed');
  expect(standingOf(await read(queries, async () => ({ user: { id: 'a' } }) as Me))).toBe('in');
  const again = await read(queries, broken);
  expect(again.error).toBeInstanceOf(Problem);
  expect(standingOf(again)).toBe('in');
  expect(standingOf(await read(queries, async () => null))).toBe('out');
});

test('before anything was read nobody knows', () => {
  expect(standingOf({ data: undefined, error: null })).toBe('unknown');
});
