import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, read } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type ManagedGroup = Schemas['ManagedGroup'];
export type ManagedGroupView = Schemas['ManagedGroupView'];
export type GroupPerson = Schemas['GroupPerson'];
export type DueReview = Schemas['DueReview'];

/** The groups under an interim form of management, by review date. */
export function useGroups(state: 'registered' | 'closed' | undefined) {
  return useInfiniteQuery({
    queryKey: ['groups', state],
    queryFn: ({ pageParam }) =>
      read(client.GET('/api/v1/groups', { params: { query: { state, limit: 50, cursor: pageParam || undefined } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useGroup(id: string) {
  return useQuery({
    queryKey: ['group', id],
    queryFn: () => read(client.GET('/api/v1/groups/{id}', { params: { path: { id } } })),
  });
}

export function useGroupPeople(id: string) {
  return useInfiniteQuery({
    queryKey: ['group', id, 'people'],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/groups/{id}/people', {
          params: { path: { id }, query: { limit: 200, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** What is to be looked at again soon or since. */
export function useReviews() {
  return useQuery({
    queryKey: ['board', 'reviews'],
    queryFn: () => read(client.GET('/api/v1/supervision/reviews', { params: { query: { limit: 100 } } })),
    refetchInterval: 60_000,
  });
}
