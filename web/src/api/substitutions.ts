import { useInfiniteQuery } from '@tanstack/react-query';
import { client, read } from './client';
import type { Substitution } from './types';
import { useWrite } from './write';

/** Who stands in for whom in the caller's offices; with `ended` those of the past too. */
export function useSubstitutions(ended: boolean) {
  return useInfiniteQuery({
    queryKey: ['substitutions', ended],
    queryFn: ({ pageParam }) =>
      read(client.GET('/api/v1/substitutions', { params: { query: { ended, cursor: pageParam || undefined } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export interface NewSubstitution {
  person?: string;
  substitute: string;
  office: string;
  role?: string;
  from: string;
  to: string;
  reason?: string;
}

export function useSetSubstitution(onSuccess: (set: Substitution) => void) {
  return useWrite((body: NewSubstitution, headers) => client.POST('/api/v1/substitutions', { body, headers }), {
    onSuccess,
  });
}

export function useRevokeSubstitution(onSuccess: () => void) {
  return useWrite(
    (input: { id: string }, headers) =>
      client.POST('/api/v1/substitutions/{id}/revoke', { params: { path: { id: input.id } }, headers }),
    { onSuccess },
  );
}
