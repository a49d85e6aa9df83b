/** One key press as far as shortcuts care. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Where typing goes: shortcuts are off there. */
export function isTyping(
  target: { tagName?: string; isContentEditable?: boolean; getAttribute?: (name: string) => string | null } | null,
): boolean {
  if (!target?.tagName) return false;
  if (target.isContentEditable) return true;
  const tag = target.tagName.toUpperCase();
  if (tag === 'TEXTAREA' || tag === 'SELECT') return true;
  if (tag === 'INPUT') {
    const type = target.getAttribute?.('type') ?? 'text';
    return !['checkbox', 'radio', 'button', 'submit', 'file'].includes(type);
  }
  return target.getAttribute?.('role') === 'combobox';
}

/** Names a press: `ctrl+k` (Ctrl or Cmd), `?`, `Enter`, `a`. */
export function nameOf(press: Press): string {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return press.ctrlKey || press.metaKey ? `ctrl+${key}` : key;
}

/** How long the first key of a sequence such as `g i` waits for the second. */
export const SEQUENCE_MS = 1200;

/** Recognises single keys and two-key sequences that begin with `g`. */
export class KeyReader {
  #prefix = '';
  #at = 0;

  read(press: Press, now: number): string {
    const name = nameOf(press);
    if (this.#prefix && now - this.#at <= SEQUENCE_MS) {
      const sequence = `${this.#prefix} ${name}`;
      this.#prefix = '';
      return sequence;
    }
    this.#prefix = name === 'g' ? 'g' : '';
    this.#at = now;
    return name;
  }
}
