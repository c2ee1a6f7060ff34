const HOUR_MS = 60 * 60 * 1000;
/** Timers may fire a little early. */
const AFTER_MS = 1000;

/** Calls `work` at the start of every hour, and therefore just after midnight UTC. Returns a function that stops it. */
export function everyHour(work: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    timer = setTimeout(
      () => {
        wait();
        work();
      },
      HOUR_MS - (Date.now() % HOUR_MS) + AFTER_MS,
    );
  };
  wait();
  return () => clearTimeout(timer);
}
