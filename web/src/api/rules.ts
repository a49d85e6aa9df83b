import { useMutation, useQuery } from '@tanstack/react-query';
import { client, read } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type RuleView = Schemas['RuleView'];
export type RuleAnswer = Schemas['EvaluateOutputBody'];
export type RuleStep = Schemas['Step'];

export function useRules() {
  return useQuery({
    queryKey: ['rules'],
    queryFn: async () => (await read(client.GET('/api/v1/rules'))).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Tries a rule on given inputs. It changes nothing, so it needs no key. */
export function useTryRule(name: string) {
  return useMutation({
    mutationFn: (input: Record<string, unknown>) =>
      read(client.POST('/api/v1/rules/{name}/evaluate', { params: { path: { name } }, body: input })),
    retry: false,
  });
}
