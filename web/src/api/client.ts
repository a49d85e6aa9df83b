import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from '../shared/language';
import { reportReachable } from './connection';
import { Problem, problemOf } from './problem';
import type { paths } from './schema';

let csrfToken = '';
let onSignedOut: () => void = () => {};

/** The token that writes carry; /session and /me hand it out. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** What happens when an answer says that nobody is signed in. */
export function setSignedOutHandler(handler: () => void): void {
  onSignedOut = handler;
}

const common: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', currentLanguage());
    if (request.method !== 'GET' && csrfToken) request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
  onResponse({ response, schemaPath }) {
    reportReachable(response.status !== 502 && response.status !== 504);
    if (response.status === 401 && schemaPath !== '/api/v1/session') onSignedOut();
    return response;
  },
  onError() {
    reportReachable(false);
  },
};

export const client = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
client.use(common);

/** What openapi-fetch answers; read and write turn it into a value or a Problem. */
export interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Waits for an answer; a refusal or a broken connection is thrown as a Problem. */
export async function read<T>(call: Promise<Answer<T>>): Promise<T> {
  const { value } = await settle(call);
  return value;
}

export async function settle<T>(call: Promise<Answer<T>>): Promise<{ value: T; status: number; retryAfter: number }> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch {
    throw new Problem(0, 'network', '');
  }
  const { response } = answer;
  if (!response.ok) throw problemOf(response.status, answer.error);
  return {
    value: answer.data as T, // 204 has no body; its callers expect undefined
    status: response.status,
    retryAfter: Number(response.headers.get('Retry-After') ?? 0),
  };
}

/** Multipart bodies are built here; openapi-fetch would turn the object into JSON. */
export function multipart(values: Record<string, string | File | undefined>): () => FormData {
  return () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) form.append(name, value);
    }
    return form;
  };
}
