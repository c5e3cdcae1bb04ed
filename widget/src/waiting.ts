// Waiting for better times.

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Waits longer with every attempt, but no longer than until the browser says that it is online again. */
export function backOff(attempt: number, signal?: AbortSignal): Promise<void> {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  const delay = most * (0.75 + Math.random() / 4); // so that a restarted server is not asked by all at once
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, delay);
    addEventListener("online", done);
    signal?.addEventListener("abort", done);
  });
}

/** Runs `task` while no other tab runs one of that name; at once where the browser has no locks (insecure pages). */
export async function alone<T>(name: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!navigator.locks) return task();
  return (await navigator.locks.request(name, signal ? { signal } : {}, task)) as T;
}
