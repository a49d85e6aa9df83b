import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, multipart, read } from './client';
import { useWrite } from './write';

export const TEMPLATE_ADDRESS = '/api/v1/rosters/template.xlsx';
export const correctableAddress = (id: string) => `/api/v1/rosters/${id}/errors.xlsx`;

export function useRosters() {
  return useQuery({ queryKey: ['rosters'], queryFn: async () => (await read(client.GET('/api/v1/rosters'))).items });
}

/** One roster; while it is being checked it is asked for again, so that progress shows by rows. */
export function useRoster(id: string) {
  return useQuery({
    queryKey: ['roster', id],
    queryFn: () => read(client.GET('/api/v1/rosters/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.state === 'checking' ? 700 : false),
  });
}

export interface RowFilter {
  level?: 'ok' | 'warning' | 'blocker' | 'skipped' | undefined;
  group?: 'correct' | 'not_part' | undefined;
  code?: string | undefined;
}

export function useRosterRows(id: string, filter: RowFilter, version: string) {
  return useInfiniteQuery({
    queryKey: ['roster-rows', id, filter, version],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/rosters/{id}/rows', {
          params: { path: { id }, query: { ...filter, limit: 100, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useRosterColumns(enabled: boolean) {
  return useQuery({
    queryKey: ['columns'],
    queryFn: async () => (await read(client.GET('/api/v1/rosters/columns'))).items,
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

export function useUploadRoster(onSuccess: (answer: { id: string; state: string }) => void) {
  return useWrite(
    (input: { file: File }, headers) =>
      client.POST('/api/v1/rosters', {
        body: { enterpriseId: '', file: input.file.name },
        bodySerializer: multipart({ file: input.file }),
        headers,
      }),
    { onSuccess },
  );
}

export function useCorrectRoster(id: string) {
  return useWrite((input: { file: File }, headers) =>
    client.PUT('/api/v1/rosters/{id}/file', {
      params: { path: { id } },
      body: { file: input.file.name },
      bodySerializer: multipart({ file: input.file }),
      headers,
    }),
  );
}

export function useMapRoster(id: string) {
  return useWrite((mapping: Record<string, string>, headers) =>
    client.PUT('/api/v1/rosters/{id}/mapping', { params: { path: { id } }, body: { mapping }, headers }),
  );
}

export function useDiscardNotPart(id: string) {
  return useWrite((input: { rows: 'not_part' }, headers) =>
    client.POST('/api/v1/rosters/{id}/discard', { params: { path: { id } }, body: input, headers }),
  );
}
