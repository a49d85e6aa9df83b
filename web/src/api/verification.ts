import { useQuery } from '@tanstack/react-query';
import { client, read } from './client';

/** The code that goes onto a paper printed from a version of a case. */
export function usePaperCode(no: string, paper: string, version: number) {
  return useQuery({
    queryKey: ['paper', no, paper, version],
    queryFn: async () => {
      const { code } = await read(
        client.GET('/api/v1/cases/{no}/papers/{paper}', { params: { path: { no, paper }, query: { version } } }),
      );
      return code;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What the journal says of a paper, for whoever holds it. */
export function useVerification(code: string) {
  return useQuery({
    queryKey: ['verification', code],
    queryFn: () => read(client.GET('/api/v1/verification/{code}', { params: { path: { code } } })),
  });
}

/** A code in groups of four, as it is read out and typed. */
export function groupedCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}
