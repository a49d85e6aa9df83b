import { useQuery } from '@tanstack/react-query';
import { client, read, settle } from './client';
import { randomKey } from './intention';
import type { SavedView } from './types';
import { useWrite } from './write';

/** Saved views of a page, own ones first. */
export function useViews(page: SavedView['page']) {
  return useQuery({
    queryKey: ['views', page],
    queryFn: async () => (await read(client.GET('/api/v1/views', { params: { query: { page } } }))).items,
    staleTime: 60_000,
  });
}

export interface ViewInput {
  id?: string;
  page: SavedView['page'];
  name: string;
  query: string;
  office?: string;
}

export function useSaveView(onSuccess: () => void) {
  return useWrite(
    ({ id, page, ...body }: ViewInput, headers) =>
      id
        ? client.PUT('/api/v1/views/{id}', { params: { path: { id } }, body, headers })
        : client.POST('/api/v1/views', { body: { ...body, page }, headers }),
    { onSuccess },
  );
}

export function useDeleteView(onSuccess: () => void) {
  return useWrite(
    (input: { id: string }, headers) =>
      client.DELETE('/api/v1/views/{id}', { params: { path: { id: input.id } }, headers }),
    { onSuccess },
  );
}

export interface DraftContent {
  basis: number;
  form: Record<string, unknown>;
  opinion: string;
}

/** What the caller was filling in for a task; null when nothing was kept. */
export function useKeptDraft(task: string, enabled: boolean) {
  return useQuery({
    queryKey: ['draft', task],
    queryFn: async () =>
      (await read(client.GET('/api/v1/drafts/{taskId}', { params: { path: { taskId: task } } }))).draft ?? null,
    enabled: enabled && task !== '',
    // Read once as the task is opened: afterwards the screen knows better.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Keeps a draft; it goes through although the page is being closed. Answers when it was saved. */
export async function keepDraft(task: string, content: DraftContent): Promise<string> {
  const { value } = await settle(
    client.PUT('/api/v1/drafts/{taskId}', {
      params: { path: { taskId: task } },
      body: content,
      headers: { 'Idempotency-Key': randomKey() },
      keepalive: true,
    }),
  );
  return value.savedAt;
}

export function forgetDraft(task: string): Promise<unknown> {
  return settle(
    client.DELETE('/api/v1/drafts/{taskId}', {
      params: { path: { taskId: task } },
      headers: { 'Idempotency-Key': randomKey() },
    }),
  ).catch(() => undefined); // the task is done: the server has forgotten it already
}

/** The caller's phrases, the most used first. */
export function usePhrases() {
  return useQuery({
    queryKey: ['phrases'],
    queryFn: async () => (await read(client.GET('/api/v1/phrases'))).items,
    staleTime: 60_000,
  });
}

export function useSavePhrase(onSuccess: () => void) {
  return useWrite(
    ({ id, words }: { id?: string; words: string }, headers) =>
      id
        ? client.PUT('/api/v1/phrases/{id}', { params: { path: { id } }, body: { words }, headers })
        : client.POST('/api/v1/phrases', { body: { words }, headers }),
    { onSuccess },
  );
}

export function useDeletePhrase() {
  return useWrite((input: { id: string }, headers) =>
    client.DELETE('/api/v1/phrases/{id}', { params: { path: { id: input.id } }, headers }),
  );
}

/** Counts a use, so that what is used often comes first. Nobody waits for it. */
export function countPhrase(id: string): void {
  void settle(
    client.POST('/api/v1/phrases/{id}/use', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': randomKey() },
    }),
  ).catch(() => undefined);
}
