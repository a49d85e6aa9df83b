import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { type Answer, settle } from './client';
import { Intention } from './intention';
import { Problem } from './problem';

const FIXED = new Set([
  'me',
  'procedures',
  'procedure',
  'regions',
  'columns',
  'offices',
  'officers',
  'accounts',
  'draft',
]);

/** How long a write is asked for again before the person is told that it takes longer. */
const PATIENCE_MS = 60_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export type Send<Input, Output> = (input: Input, headers: { 'Idempotency-Key': string }) => Promise<Answer<Output>>;

/**
 * Sends one write. An answer 202 means that the command is on its way but not yet visible: the same
 * request is sent again with the same key until it answers 200. A busy server (429, 503) is asked
 * again likewise.
 */
export async function sendWrite<Input, Output>(
  send: Send<Input, Output>,
  input: Input,
  key: string,
  repeatAccepted: boolean,
): Promise<Output> {
  const started = Date.now();
  for (let attempt = 0; ; attempt++) {
    const wait = Math.min(500 * 2 ** attempt, 4000);
    try {
      const { value, status, retryAfter } = await settle(send(input, { 'Idempotency-Key': key }));
      if (status !== 202 || !repeatAccepted) return value;
      if (Date.now() - started > PATIENCE_MS) throw new Problem(202, 'still_working', '');
      await pause(Math.max(wait, retryAfter * 1000));
    } catch (error) {
      const busy = error instanceof Problem && error.status === 503;
      if (!busy || attempt >= 3) throw error;
      await pause(wait);
    }
  }
}

/** Whether the answer leaves open if the write happened; then the key must be kept. */
export function isUndecided(error: unknown): boolean {
  return (
    !(error instanceof Problem) ||
    error.status === 0 ||
    error.status === 202 ||
    error.status === 429 ||
    error.status >= 500
  );
}

/**
 * A write with its key, its retries, and the reading that follows: a 200 means that the next reader
 * sees the change, so everything that is not a fixed list is read again.
 */
export function useWrite<Input, Output>(
  send: Send<Input, Output>,
  options: { repeatAccepted?: boolean; onSuccess?: (output: Output, input: Input) => void } = {},
): UseMutationResult<Output, Error, Input> {
  const queries = useQueryClient();
  const intention = useRef(new Intention());
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => sendWrite(send, input, intention.current.keyFor(input), options.repeatAccepted ?? false),
    retry: false,
    onSuccess: (output, input) => {
      intention.current.finish();
      options.onSuccess?.(output, input);
      void queries.invalidateQueries({ predicate: (query) => !FIXED.has(String(query.queryKey[0])) });
    },
    onError: (error) => {
      if (!isUndecided(error)) intention.current.finish();
    },
  });
}
