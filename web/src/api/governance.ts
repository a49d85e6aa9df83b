import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, read } from './client';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type CalendarView = Schemas['CalendarView'];
export type CalendarDay = Schemas['CalendarDay'];
export type CalendarEdit = Schemas['CalendarEdit'];
export type SettingView = Schemas['SettingView'];
export type SettingValue = Schemas['SettingValue'];
export type SettingEdit = Schemas['SettingEdit'];
export type SettingChange = Schemas['SettingChange'];
export type Recomputation = Schemas['Recomputation'];

/** A working calendar for one year, laid over those it builds on. */
export function useCalendar(scope: string, year: number) {
  return useQuery({
    queryKey: ['calendar', scope, year],
    queryFn: () => read(client.GET('/api/v1/calendars/{scope}', { params: { path: { scope }, query: { year } } })),
  });
}

export function useSettings(region: string) {
  return useQuery({
    queryKey: ['settings', region],
    queryFn: async () => (await read(client.GET('/api/v1/settings', { params: { query: { region } } }))).items,
  });
}

/** Proposed changes to calendars and settings, newest first. */
export function useSettingChanges(open: boolean) {
  return useInfiniteQuery({
    queryKey: ['setting-changes', open],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/settings/changes', {
          params: {
            query: { ...(open ? { state: 'proposed' as const } : {}), limit: 20, cursor: pageParam || undefined },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export interface NewChange {
  scope: string;
  source: string;
  calendar?: CalendarEdit;
  setting?: SettingEdit;
}

export function useProposeChange(onSuccess: () => void) {
  return useWrite((body: NewChange, headers) => client.POST('/api/v1/settings/changes', { body, headers }), {
    onSuccess,
  });
}

export interface ChangeDecision {
  id: string;
  decision: 'confirm' | 'refuse' | 'withdraw';
  opinion?: string;
}

export function useDecideChange(onSuccess: () => void) {
  return useWrite(
    ({ id, ...body }: ChangeDecision, headers) =>
      client.POST('/api/v1/settings/changes/{id}/decision', { params: { path: { id } }, body, headers }),
    { onSuccess },
  );
}

/** The jobs after calendar edits; a running one is asked for again, so that progress shows. */
export function useRecomputations() {
  return useQuery({
    queryKey: ['recomputations'],
    queryFn: async () => (await read(client.GET('/api/v1/settings/recomputations'))).items,
    refetchInterval: (query) => (query.state.data?.some((job) => job.state !== 'done') ? 1500 : false),
  });
}

/** Divisions whose name holds a text; nothing is asked for while it is empty. */
export function useRegions(q: string) {
  return useQuery({
    queryKey: ['regions', q],
    queryFn: async () => (await read(client.GET('/api/v1/regions', { params: { query: { q } } }))).items,
    enabled: q !== '',
    staleTime: 10 * 60_000,
  });
}
