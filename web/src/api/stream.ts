import type { LiveNotice } from './types';

export type StreamEvent =
  | { type: 'notice'; notice: LiveNotice }
  | { type: 'unread'; unread: number }
  | { type: 'changed' }
  | { type: 'signed-out' };

const ADDRESS = '/api/v1/notices/stream';
const NAME = 'jieli-stream';

/** How long a refused connection waits; a broken one is renewed by the browser itself. */
const RETRY_MS = 5_000;

/** Reads one event; what a newer server may send and we do not know is left out. */
export function readEvent(type: string, data: string): StreamEvent | undefined {
  try {
    const value = JSON.parse(data) as Record<string, unknown>;
    if (type === 'notice' && typeof value.id === 'string') return { type, notice: value as unknown as LiveNotice };
    if (type === 'unread' && typeof value.unread === 'number') return { type, unread: value.unread };
    if (type === 'changed' || type === 'signed-out') return { type };
  } catch {
    // Half an event is no event; the next delivery repeats it.
  }
  return undefined;
}

/** Keeps one connection open until it is ended. */
function connect(onEvent: (event: StreamEvent) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const open = () => {
    source = new EventSource(ADDRESS);
    for (const type of ['notice', 'unread', 'changed', 'signed-out']) {
      source.addEventListener(type, (message) => {
        const event = readEvent(type, (message as MessageEvent<string>).data);
        if (!event) return;
        onEvent(event);
        if (event.type === 'signed-out') close();
      });
    }
    source.onerror = () => {
      // The server refused; the browser gives up, we do not.
      if (source?.readyState !== EventSource.CLOSED || ended) return;
      timer = setTimeout(() => {
        open();
        onEvent({ type: 'changed' }); // a new connection does not know what came meanwhile
      }, RETRY_MS);
    };
  };
  const close = () => {
    ended = true;
    clearTimeout(timer);
    source?.close();
  };
  open();
  return close;
}

/**
 * Listens to the server. Browsers allow few connections to one address, so that of several tabs only
 * one holds the stream and tells the others; when it is closed the next takes over.
 */
export function openStream(onEvent: (event: StreamEvent) => void): () => void {
  // Plain http addresses have no locks: there each tab listens by itself.
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') return connect(onEvent);
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = (message: MessageEvent<StreamEvent>) => onEvent(message.data);
  const waiting = new AbortController();
  let end: (() => void) | undefined;
  navigator.locks
    .request(NAME, { signal: waiting.signal }, () => {
      const close = connect((event) => {
        onEvent(event);
        channel.postMessage(event);
      });
      return new Promise<void>((resolve) => {
        end = () => {
          close();
          resolve();
        };
      });
    })
    .catch(() => undefined); // ended while another tab held the stream
  return () => {
    waiting.abort();
    end?.();
    channel.close();
  };
}
