import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, multipart, read } from './client';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type BenefitCase = Schemas['BenefitCase'];
export type NewClaimant = Schemas['NewClaimant'];
export type PaymentBatch = Schemas['PaymentBatch'];
export type PaymentLine = Schemas['PaymentLine'];

/** Enters who claims, or in a correction the account. */
export function useSetClaimants(no: string, onSuccess: () => void) {
  return useWrite(
    (claimants: NewClaimant[], headers) =>
      client.PUT('/api/v1/cases/{no}/claimants', { params: { path: { no } }, body: { claimants }, headers }),
    { onSuccess },
  );
}

export function useBatches() {
  return useInfiniteQuery({
    queryKey: ['batches'],
    queryFn: ({ pageParam }) =>
      read(client.GET('/api/v1/payments/batches', { params: { query: { cursor: pageParam || undefined } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useBatchLines(no: string) {
  return useQuery({
    queryKey: ['batch', no],
    queryFn: async () => (await read(client.GET('/api/v1/payments/batches/{no}', { params: { path: { no } } }))).items,
  });
}

export function useReconciliation() {
  return useQuery({
    queryKey: ['reconciliation'],
    queryFn: () => read(client.GET('/api/v1/payments/reconciliation')),
  });
}

/** Reads a result file of the bank; reading one again does nothing. */
export function useReadResults() {
  return useWrite((input: { file: File }, headers) =>
    client.POST('/api/v1/payments/results', {
      // The schema says "a file is a string"; the multipart body is built by the serializer.
      body: { file: '' },
      bodySerializer: multipart({ file: input.file }),
      headers,
    }),
  );
}
