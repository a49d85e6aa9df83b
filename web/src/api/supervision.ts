import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, read } from './client';
import type { components, paths } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type BoardSummary = Schemas['BoardSummary'];
export type AgeingRow = Schemas['AgeingRow'];
export type AgeingCell = Schemas['AgeingCell'];
export type Bottleneck = Schemas['Bottleneck'];
export type SupervisedCase = Schemas['SupervisedCase'];
export type Progress = Schemas['Progress'];
export type BoardQuery = NonNullable<paths['/api/v1/supervision/stuck']['get']['parameters']['query']>;

/** How often an open board counts anew. */
const PACE_MS = 60_000;

export function useBoardSummary() {
  return useQuery({
    queryKey: ['board', 'summary'],
    queryFn: () => read(client.GET('/api/v1/supervision/summary')),
    refetchInterval: PACE_MS,
  });
}

export interface AgeingPart {
  office?: string;
  type?: string;
  stage?: string;
}

/** The matrix by office; with an office its stages, with a stage its officers. */
export function useAgeing(part: AgeingPart, enabled = true) {
  return useQuery({
    queryKey: ['board', 'ageing', part],
    queryFn: async () => (await read(client.GET('/api/v1/supervision/ageing', { params: { query: part } }))).items,
    enabled,
    refetchInterval: PACE_MS,
  });
}

export function useBottlenecks() {
  return useQuery({
    queryKey: ['board', 'bottlenecks'],
    queryFn: async () => (await read(client.GET('/api/v1/supervision/bottlenecks'))).items,
    refetchInterval: PACE_MS,
  });
}

/** What a number of the board counts. */
export function useBoardList(query: BoardQuery) {
  return useInfiniteQuery({
    queryKey: ['board', 'list', query],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/supervision/stuck', {
          params: { query: { ...query, limit: 50, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useProgress(by: 'enterprise' | 'street') {
  return useQuery({
    queryKey: ['board', 'progress', by],
    queryFn: async () => (await read(client.GET('/api/v1/supervision/progress', { params: { query: { by } } }))).items,
  });
}

/** Cases stuck for a technical reason. */
export function useFaults() {
  return useInfiniteQuery({
    queryKey: ['faults'],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/supervision/faults', { params: { query: { limit: 50, cursor: pageParam || undefined } } }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: PACE_MS,
  });
}

export function useRetryFault(onSuccess: () => void) {
  return useWrite(
    (input: { no: string }, headers) =>
      client.POST('/api/v1/supervision/faults/{no}/retry', { params: { path: { no: input.no } }, headers }),
    { onSuccess },
  );
}

/** What could not be sent to families and retirees. */
export function useFailedMessages() {
  return useQuery({
    queryKey: ['failed-messages'],
    queryFn: async () =>
      (await read(client.GET('/api/v1/supervision/messages', { params: { query: { limit: 200 } } }))).items,
    refetchInterval: PACE_MS,
  });
}

export function useRetryMessage(onSuccess: () => void) {
  return useWrite(
    (input: { id: string }, headers) =>
      client.POST('/api/v1/supervision/messages/{id}/retry', { params: { path: { id: input.id } }, headers }),
    { onSuccess },
  );
}
