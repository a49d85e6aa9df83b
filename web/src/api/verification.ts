import { useQuery } from '@tanstack/react-query';
import { client, read } from './client';

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
