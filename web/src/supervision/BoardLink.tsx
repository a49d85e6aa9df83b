import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface Props {
  /** The filter of a number: the query of its list. */
  filter: string;
  label: string;
  className?: string;
  children: ReactNode;
}

/** A number that opens exactly its cases, in the list of the same page. */
export function BoardLink({ filter, label, className, children }: Props) {
  return (
    <Link
      to={`?${filter}`}
      className={className}
      aria-label={label}
      preventScrollReset
      onClick={() => document.getElementById('board-list')?.scrollIntoView({ block: 'start' })}
    >
      {children}
    </Link>
  );
}
