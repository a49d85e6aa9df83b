import { useQuery } from '@tanstack/react-query';
import { client, read } from './client';

export interface PrintedPaper {
  pdf: Blob;
  /** The name the file is kept under. */
  name: string;
}

/** A paper of a case as PDF, made from the case as it stands now. */
export function usePaper(no: string, paper: string, enabled: boolean) {
  return useQuery({
    queryKey: ['paper', no, paper],
    queryFn: async (): Promise<PrintedPaper> => {
      const answer = client.GET('/api/v1/cases/{no}/papers/{paper}.pdf', {
        params: { path: { no, paper } },
        parseAs: 'blob',
      });
      const pdf = await read<Blob>(answer);
      return { pdf, name: nameOf((await answer).response.headers.get('Content-Disposition') ?? '') };
    },
    enabled,
    retry: false,
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
}

/** The file name of a Content-Disposition header (RFC 5987). */
export function nameOf(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return encoded ? decodeURIComponent(encoded) : 'paper.pdf';
}
