import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, multipart, read } from './client';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type BenefitCase = Schemas['BenefitCase'];
export type NewClaimant = Schemas['NewClaimant'];
export type PaymentBatch = Schemas['PaymentBatch'];
export type PaymentLine = Schemas['PaymentLine'];
export type ProvisionalBenefit = Schemas['ProvisionalBenefit'];
export type BenefitCount = Schemas['BenefitCount'];
export type BenefitEvent = Schemas['BenefitEvent'];
export type BenefitPreview = Schemas['BenefitPreview'];

/** Whole months, both included, and one office or all. */
export interface StatisticsRange {
  from?: string;
  to?: string;
  office?: string;
}

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

export function useProvisional() {
  return useInfiniteQuery({
    queryKey: ['provisional'],
    queryFn: ({ pageParam }) =>
      read(client.GET('/api/v1/payments/provisional', { params: { query: { cursor: pageParam || undefined } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useBenefitStatistics(range: StatisticsRange) {
  return useQuery({
    queryKey: ['benefit-statistics', range],
    queryFn: () => read(client.GET('/api/v1/benefits/statistics', { params: { query: range } })),
    placeholderData: keepPreviousData,
  });
}

/** The cases behind a number of the statistics. */
export function useStatisticsCases(range: StatisticsRange, measure: BenefitEvent['measure']) {
  return useQuery({
    queryKey: ['benefit-statistics-cases', range, measure],
    queryFn: async () =>
      (await read(client.GET('/api/v1/benefits/statistics/cases', { params: { query: { ...range, measure } } }))).items,
  });
}

/** What the rule finds from a calculation as it is filled in. It keeps nothing; a failure is only not shown. */
export function useBenefitPreview(no: string, form: Record<string, unknown>) {
  return useQuery({
    queryKey: ['benefit-preview', no, form],
    queryFn: () =>
      read(client.POST('/api/v1/cases/{no}/benefit-preview', { params: { path: { no } }, body: { form } })),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 30_000,
  });
}
