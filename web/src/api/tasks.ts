import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, read } from './client';
import type { Box, TaskItem } from './types';
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
  target?: { office: string; user?: string };
}

/** Everything somebody has in hand, for their head or supervisor. */
export function useHeldTasks(officer: string) {
  return useQuery({
    queryKey: ['tasks', 'held', officer],
    queryFn: async () => {
      const items: TaskItem[] = [];
      let cursor: string | undefined;
      do {
        const page = await read(
          client.GET('/api/v1/officers/{id}/tasks', {
            params: { path: { id: officer }, query: { limit: 200, cursor } },
          }),
        );
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return items;
    },
    enabled: officer !== '',
  });
}

/** One act on several tasks, with a result per task. */
export function useBulkAct() {
  return useWrite((body: BulkInput, headers) => client.POST('/api/v1/tasks/actions', { body, headers }));
}
