import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, read } from './client';
import { useWrite } from './write';

const PAGE = 30;

function fetchNotices(limit: number, cursor: string) {
  return read(client.GET('/api/v1/notices', { params: { query: { limit, cursor: cursor || undefined } } }));
}

/** How many notices are unread; the stream keeps it up to date. */
export function useUnread() {
  return useQuery({ queryKey: ['unread'], queryFn: async () => (await fetchNotices(1, '')).unread });
}

/** The notices, the unread first, page by page. */
export function useNotices(enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['notices'],
    queryFn: ({ pageParam }) => fetchNotices(PAGE, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled,
  });
}

/** Marks notices as read: those named, or all up to one. */
export function useReadNotices() {
  return useWrite((body: { ids?: string[]; upTo?: string }, headers) =>
    client.POST('/api/v1/notices/read', { body, headers }),
  );
}
