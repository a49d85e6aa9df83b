import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, read } from './client';
import type { Box } from './types';
import { useWrite } from './write';

export function useTaskCounts(enabled: boolean) {
  return useQuery({
    queryKey: ['counts'],
    queryFn: () => read(client.GET('/api/v1/tasks/counts')),
    // The stream says when it changes; this is for when it is silent.
    refetchInterval: 120_000,
    enabled,
  });
}

export interface TaskFilter {
  box: Box;
  type: string;
  q: string;
}

/** One box of the inbox, page by page; open boxes come by deadline. */
export function useTasks(filter: TaskFilter) {
  return useInfiniteQuery({
    queryKey: ['tasks', filter],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/tasks', {
          params: {
            query: {
              box: filter.box,
              type: filter.type || undefined,
              q: filter.q || undefined,
              limit: 50,
              cursor: pageParam || undefined,
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 120_000,
  });
}

export interface BulkInput {
  action: string;
  items: { taskId: string; seen: number }[];
  opinion?: string;
}

/** One act on several tasks, with a result per task. */
export function useBulkAct() {
  return useWrite((body: BulkInput, headers) => client.POST('/api/v1/tasks/actions', { body, headers }));
}
