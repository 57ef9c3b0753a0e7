/** The pauses between a feed's attempts: jittered, because many clients lose the same node at the same moment. */
export class Pauses {
  #failures = 0;

  /**
   * @param firstMs The longest pause after the first failure.
   * @param longestMs The longest pause there is.
   */
  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
  ) {}

  /** A connection worked, so the pauses begin again. */
  reset(): void {
    this.#failures = 0;
  }

  /** The next pause in milliseconds; `random` is from 0 to 1. */
  next(random: number): number {
    const most = Math.min(this.firstMs * 2 ** Math.min(this.#failures++, 30), this.longestMs);
    return most * (this.#failures === 1 ? random : 0.5 + random / 2);
  }
}

/** Waits; returns early when the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
