import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openStream } from '../api/stream';

/** Lists that a change elsewhere may have made out of date. */
const LISTS = new Set(['counts', 'tasks', 'cases', 'notices', 'children']);

/** The least time between two readings: a bulk act of a colleague is one change. */
const PACE_MS = 1_000;

/** Keeps counts, lists and notices up to date while the frame is shown. */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ predicate: (query) => LISTS.has(String(query.queryKey[0])) });
      }, PACE_MS);
    };
    const close = openStream((event) => {
      switch (event.type) {
        case 'unread':
          queries.setQueryData(['unread'], event.unread);
          break;
        case 'notice':
          if (event.notice.case) void queries.invalidateQueries({ queryKey: ['case', event.notice.case] });
          refresh();
          break;
        case 'changed':
          refresh();
          break;
        case 'signed-out':
          void queries.invalidateQueries({ queryKey: ['me'] });
          break;
      }
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [queries]);
}
