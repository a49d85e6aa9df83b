/** How urgent a deadline is; screens choose icon, word and colour by it. */
export type DueKind = 'none' | 'overdue' | 'today' | 'soon' | 'later';

/** Working days at or below which a deadline counts as near. */
export const SOON = 2;

export function dueKind(days: number | undefined, due: string | undefined): DueKind {
  if (!due || days === undefined) return 'none';
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  return days <= SOON ? 'soon' : 'later';
}

/** The key and count of the wording; the texts are `common:due.*`. */
export function dueWording(days: number | undefined, due: string | undefined): { key: string; count: number } {
  const kind = dueKind(days, due);
  return { key: `due.${kind}`, count: Math.abs(days ?? 0) };
}

/**
 * Party offices are neither hurried nor shown red (glossary.md, tact): their deadline is said
 * without colour, and a passed one reads as waiting for their answer.
 */
export function isPartyOffice(officeKind: string | undefined): boolean {
  return officeKind === 'organisation' || officeKind === 'party';
}
