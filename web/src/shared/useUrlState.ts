import { useCallback } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

type Changes = Record<string, string | undefined>;

/**
 * A filter or selection that lives in the address, so that a view can be sent to a colleague.
 * Setting an empty value removes it.
 */
export function useUrlState(): [URLSearchParams, (changes: Changes, options?: { push?: boolean }) => void] {
  const [params] = useSearchParams();
  const go = useNavigate();
  const change = useCallback(
    (changes: Changes, options?: { push?: boolean }) => {
      // The bar's address, not the rendered one: a click and a typed filter may follow so closely
      // that the first has not been rendered when the second is made.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      void go({ search: next.toString() }, { replace: !options?.push });
    },
    [go],
  );
  return [params, change];
}
