/** One defect of an input, as problem documents list them. */
export interface ProblemDetail {
  location: string;
  message: string;
  code: string;
}

/** What every refusal of the API becomes: the wording is already in the reader's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: ProblemDetail[];
  readonly requestId: string;

  constructor(status: number, code: string, detail: string, details: ProblemDetail[] = [], requestId = '') {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.details = details;
    this.requestId = requestId;
  }

  /** The connection failed before an answer came; the write may or may not have happened. */
  get isNetwork(): boolean {
    return this.status === 0;
  }

  /** What was looked at is out of date; the only cure is to load it again. */
  get isStale(): boolean {
    return this.status === 409;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads a problem document; anything else becomes a problem without details. */
export function problemOf(status: number, body: unknown): Problem {
  const document = isRecord(body) ? body : {};
  const list = Array.isArray(document.errors) ? document.errors : [];
  const details = list.filter(isRecord).map((each) => ({
    location: text(each.location),
    message: text(each.message),
    code: text(each.code),
  }));
  return new Problem(
    status,
    text(document.code) || 'internal',
    text(document.detail),
    details,
    text(document.requestId),
  );
}

/** The details of a problem by the field they belong to: `form.outcome` → `outcome`. */
export function fieldErrors(problem: Problem, prefix = 'form.'): Map<string, string> {
  const errors = new Map<string, string>();
  for (const detail of problem.details) {
    if (detail.location.startsWith(prefix)) {
      errors.set(detail.location.slice(prefix.length), detail.message);
    }
  }
  return errors;
}
