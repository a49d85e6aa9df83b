import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { client, read, setCsrfToken } from './client';
import { Problem } from './problem';
import type { Me } from './types';
import { useWrite } from './write';

/** The caller, or null when nobody is signed in. */
export async function fetchMe(): Promise<Me | null> {
  try {
    const me = await read(client.GET('/api/v1/me'));
    setCsrfToken(me.csrfToken);
    return me;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

export const meQuery = { queryKey: ['me'], queryFn: fetchMe, staleTime: Number.POSITIVE_INFINITY } as const;

/** Whether somebody is signed in, as far as is known: a reading that fails does not undo the one before it. */
export function standingOf(me: {
  data: Me | null | undefined;
  error: Error | null;
}): 'in' | 'out' | 'failed' | 'unknown' {
  if (me.data !== undefined) return me.data === null ? 'out' : 'in';
  return me.error ? 'failed' : 'unknown';
}

/** The signed-in caller. Screens inside the frame may rely on it. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('useMe outside the frame');
  return data;
}

export function useAllowed(): (permission: string) => boolean {
  const me = useMe();
  return useCallback((permission) => me.permissions.includes(permission), [me]);
}

export async function signIn(username: string, password: string): Promise<void> {
  const answer = await read(client.POST('/api/v1/session', { body: { username, password } }));
  setCsrfToken(answer.csrfToken);
}

/** Ends the session and forgets everything that was read in it. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await read(client.DELETE('/api/v1/session')).catch(() => undefined); // an ended session is signed out as well
    setCsrfToken('');
    queries.clear();
    queries.setQueryData(['me'], null);
  }, [queries]);
}

/** Changes the caller's password; afterwards nobody is signed in with the account. */
export function useChangePassword(onSuccess: () => void) {
  const queries = useQueryClient();
  return useWrite(
    (body: { old: string; new: string }, headers) => client.POST('/api/v1/me/password', { body, headers }),
    {
      onSuccess: () => {
        onSuccess();
        setCsrfToken('');
        queries.clear();
        queries.setQueryData(['me'], null);
      },
    },
  );
}

/** The demonstration accounts; an empty list when this is no demonstration. */
export function useDemoAccounts() {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: async () => {
      try {
        return (await read(client.GET('/api/v1/demo/accounts'))).items;
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return [];
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
