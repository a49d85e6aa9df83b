/** Names a body so that two equal ones are recognised; a file counts by name, size and date. */
export function fingerprint(body: unknown): string {
  return JSON.stringify(body, (_key, value: unknown) => {
    if (typeof File !== 'undefined' && value instanceof File) {
      return `file:${value.name}:${value.size}:${value.lastModified}`;
    }
    return value;
  });
}

/**
 * One intention of a person, with the Idempotency-Key that belongs to it. As long as nobody knows
 * whether the write happened (the connection broke, the server was busy), sending the same again
 * uses the same key, so that nothing happens twice. A changed body, or a definite answer, begins a
 * new intention: the server would repeat the stored refusal, or refuse the key.
 */
export class Intention {
  #key = '';
  #body = '';
  readonly #newKey: () => string;

  constructor(newKey: () => string = randomKey) {
    this.#newKey = newKey;
  }

  keyFor(body: unknown): string {
    const print = fingerprint(body);
    if (!this.#key || print !== this.#body) {
      this.#key = this.#newKey();
      this.#body = print;
    }
    return this.#key;
  }

  /** Call when the server gave a definite answer, good or bad. */
  finish(): void {
    this.#key = '';
    this.#body = '';
  }
}

/** 24 random characters. `crypto.randomUUID` is missing on plain http addresses, this is not. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
