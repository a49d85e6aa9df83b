import type { Line } from '../../api/types';

/** Corrections not yet sent: line id → field → value. */
export type Edits = Record<string, Record<string, string>>;

/** The value a line holds for a correctable field. */
export function heldValue(line: Line, field: string): string {
  switch (field) {
    case 'cadre_class':
      return line.cadreClass ?? '';
    case 'managing_organ':
      return line.managingOrgan ?? '';
    case 'match_result':
      return line.matchResult;
    case 'street':
      return line.street;
    case 'community':
      return line.community;
    case 'archive_number':
      return line.archive?.number ?? '';
    case 'archive_volumes':
      return String(line.archive?.volumes ?? '');
    case 'archive_pages':
      return String(line.archive?.pages ?? '');
    case 'archive_missing':
      return line.archive?.missing ?? '';
    case 'archive_finding':
      return line.archive?.finding ?? '';
    case 'archive_result':
      return line.archive?.result ?? '';
    case 'archive_supplement_by':
      return line.archive?.supplementBy ?? '';
    case 'archive_shelf':
      return line.archive?.shelf ?? '';
    default:
      return '';
  }
}

/** Sets a field on several lines; what equals the held value is no edit. */
export function setOn(edits: Edits, lines: Line[], field: string, value: string): Edits {
  const next: Edits = { ...edits };
  for (const line of lines) {
    const { [field]: _before, ...others } = next[line.id] ?? {};
    const changed = value === heldValue(line, field) ? others : { ...others, [field]: value };
    if (Object.keys(changed).length === 0) delete next[line.id];
    else next[line.id] = changed;
  }
  return next;
}

/** The corrections as the API takes them. */
export function asLines(edits: Edits): { line: string; field: string; value: string }[] {
  return Object.entries(edits).flatMap(([line, fields]) =>
    Object.entries(fields).map(([field, value]) => ({ line, field, value })),
  );
}

/** The estate of an address, so that neighbours can be assigned together: the part before numbers. */
export function estateOf(address: string): string {
  const found = /^[^0-9０-９一二三四五六七八九十]*[\u4e00-\u9fff]+?(?=[0-9０-９]+)/u.exec(address);
  return (found?.[0] ?? address).trim();
}
