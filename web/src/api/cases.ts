import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, multipart, read } from './client';
import type { ActionBody, CaseView } from './types';
import { useWrite } from './write';

/** A case, or what it was at a moment. */
export function useCase(no: string, enabled = true, asOf = '') {
  return useQuery({
    queryKey: asOf ? ['case', no, asOf] : ['case', no],
    queryFn: () =>
      read(client.GET('/api/v1/cases/{no}', { params: { path: { no }, query: { asOf: asOf || undefined } } })),
    enabled: enabled && no !== '',
  });
}

export interface CaseFilter {
  type?: string;
  state?: string;
  due?: 'overdue' | 'today' | 'open';
  q?: string;
  mine?: boolean;
}

function withoutBlanks(filter: CaseFilter): CaseFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && value !== '' && value !== false),
  );
}

export function useCases(filter: CaseFilter, options: { limit?: number; enabled?: boolean } = {}) {
  return useInfiniteQuery({
    queryKey: ['cases', filter, options.limit ?? 50],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/cases', {
          params: { query: { ...withoutBlanks(filter), limit: options.limit ?? 50, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled: options.enabled ?? true,
  });
}

export function useJournal(no: string) {
  return useQuery({
    queryKey: ['journal', no],
    queryFn: async () => (await read(client.GET('/api/v1/cases/{no}/journal', { params: { path: { no } } }))).items,
  });
}

export function useChildren(no: string) {
  return useInfiniteQuery({
    queryKey: ['children', no],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/cases/{no}/children', {
          params: { path: { no }, query: { limit: 100, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export interface LineFilter {
  street?: string;
  community?: string;
  outcome?: string;
  q?: string;
}

const LINE_PAGE = 200;

/** The people of a batch, page by page, with the totals of the whole batch on every page. */
export function useLines(no: string, filter: LineFilter = {}, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['lines', no, filter],
    queryFn: ({ pageParam }) => fetchLines(no, filter, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled,
  });
}

function fetchLines(no: string, filter: LineFilter, cursor: string) {
  return read(
    client.GET('/api/v1/cases/{no}/lines', {
      params: {
        path: { no },
        query: {
          street: filter.street || undefined,
          community: filter.community || undefined,
          outcome: filter.outcome || undefined,
          q: filter.q || undefined,
          limit: LINE_PAGE,
          cursor: cursor || undefined,
        },
      },
    }),
  );
}

/** One act on a case; the answer is the case as it stands after it. */
export function useAct(no: string, onSuccess: (after: CaseView, body: ActionBody) => void) {
  const queries = useQueryClient();
  return useWrite(
    (body: ActionBody, headers) =>
      client.POST('/api/v1/cases/{no}/actions', { params: { path: { no } }, body, headers }),
    {
      repeatAccepted: true,
      onSuccess: (after: CaseView, body: ActionBody) => {
        queries.setQueryData(['case', no], after); // the page shows the new state at once
        onSuccess(after, body);
      },
    },
  );
}

/** Uploads a file to a case; `attach` then makes it part of the case. */
export function useUploadFile(no: string) {
  return useWrite((input: { file: File }, headers) =>
    client.POST('/api/v1/cases/{no}/files', {
      params: { path: { no } },
      // The schema says "a file is a string"; the multipart body is built by the serializer.
      body: { file: input.file.name },
      bodySerializer: multipart({ file: input.file }),
      headers,
    }),
  );
}

export interface Submission {
  type: string;
  office?: string;
  subject?: string;
  rosterId?: string;
  form?: Record<string, unknown>;
}

export function useSubmitCase(onSuccess: (created: CaseView) => void) {
  return useWrite((body: Submission, headers) => client.POST('/api/v1/cases', { body, headers }), {
    onSuccess,
  });
}

/** The addresses nothing resolves, grouped by what neighbours share, the largest group first. */
export function useEstates(no: string, wanted: boolean) {
  return useQuery({
    queryKey: ['estates', no],
    queryFn: async () => (await read(client.GET('/api/v1/cases/{no}/estates', { params: { path: { no } } }))).items,
    enabled: wanted,
  });
}

/** A new roster of the people a batch sent back to the enterprise; asking again gives the same one. */
export function useOfferReturned(no: string, onSuccess: (roster: { id: string; state: string }) => void) {
  return useWrite(
    (_input: Record<string, never>, headers) =>
      client.POST('/api/v1/cases/{no}/returned', { params: { path: { no } }, headers }),
    { onSuccess },
  );
}

export function fileAddress(no: string, file: string): string {
  return `/api/v1/cases/${no}/files/${file}`;
}
