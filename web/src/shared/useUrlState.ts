import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/**
 * A filter or selection that lives in the address, so that a view can be sent to a colleague.
 * Setting an empty value removes it.
 */
export function useUrlState(): [
  URLSearchParams,
  (changes: Record<string, string | undefined>, options?: { push?: boolean }) => void,
] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: Record<string, string | undefined>, options?: { push?: boolean }) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { replace: !options?.push },
      );
    },
    [setParams],
  );
  return [params, change];
}
