import { useQuery } from '@tanstack/react-query';
import { client, read } from './client';

const FIXED = { staleTime: 10 * 60_000 } as const;

export function useProcedures(enabled = true) {
  return useQuery({
    queryKey: ['procedures'],
    queryFn: async () => (await read(client.GET('/api/v1/procedures'))).items,
    enabled,
    ...FIXED,
  });
}

export function useOffices(filter: { kind?: string; region?: string; q?: string }, enabled = true) {
  return useQuery({
    queryKey: ['offices', filter],
    queryFn: async () =>
      (
        await read(
          client.GET('/api/v1/offices', {
            params: {
              query: { kind: filter.kind || undefined, region: filter.region || undefined, q: filter.q || undefined },
            },
          }),
        )
      ).items,
    enabled,
    ...FIXED,
  });
}

export function useOfficers(office: string) {
  return useQuery({
    queryKey: ['officers', office],
    queryFn: async () =>
      (await read(client.GET('/api/v1/offices/{id}/officers', { params: { path: { id: office } } }))).items,
    enabled: office !== '',
    ...FIXED,
  });
}
