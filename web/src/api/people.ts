import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, read } from './client';
import { useWrite } from './write';

export function usePeople(q: string, options: { limit?: number; enabled?: boolean } = {}) {
  return useInfiniteQuery({
    queryKey: ['people', q, options.limit ?? 50],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/people', {
          params: { query: { q: q || undefined, limit: options.limit ?? 50, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled: options.enabled ?? true,
  });
}

export function usePerson(id: string) {
  return useQuery({
    queryKey: ['person', id],
    queryFn: () => read(client.GET('/api/v1/people/{id}', { params: { path: { id } } })),
  });
}

/** Reveals a masked field; who looked and why is journaled, and the value is kept nowhere. */
export function useReveal(id: string) {
  return useWrite((input: { field: 'id_number' | 'phone' | 'new_id_number'; reason: string }, headers) =>
    client.POST('/api/v1/people/{id}/reveal', { params: { path: { id } }, body: input, headers }),
  );
}
