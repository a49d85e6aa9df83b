// Whether the server answers. Every request reports here; the frame shows it in words.
type Listener = () => void;

const listeners = new Set<Listener>();
let reachable = true;

export function reportReachable(value: boolean): void {
  if (value === reachable) return;
  reachable = value;
  for (const listener of listeners) listener();
}

export function isReachable(): boolean {
  return reachable && (typeof navigator === 'undefined' || navigator.onLine);
}

export function subscribeConnection(listener: Listener): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
