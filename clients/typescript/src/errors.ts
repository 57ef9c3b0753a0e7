/** The base class of this package's errors. */
export class GarmError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An address did not answer, or its answer was cut off. A retry may help. */
export class GarmUnreachableError extends GarmError {}

/** The hub refused a request. */
export class GarmApiError extends GarmError {
  /**
   * @param status The HTTP status.
   * @param code The kind of refusal, such as `snapshot-expired`, if the hub gives one; otherwise "".
   * @param details The hub's message.
   * @param retryAfterMs When to retry, if the hub says so.
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly details: string,
    what: string,
    readonly retryAfterMs?: number,
  ) {
    super(`${what}: ${status}${code === "" || details.startsWith(code) ? "" : ` ${code}`}${details === "" ? "" : `: ${details}`}`);
  }

  /** Whether the same request may succeed later: the hub is starting, stopping or busy. */
  get passesByItself(): boolean {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/**
 * The hub cannot resume from the cursor, and events may have been missed. A feed with `onExpired: "snapshot"` does not end with
 * this error, unless the hub has no snapshots.
 */
export class CursorRefusedError extends GarmError {
  /**
   * @param code `cursor-expired` or `cursor-unknown`.
   * @param cursor The cursor that was refused.
   * @param earliest The earliest cursor that the log still holds, if the hub gives one.
   */
  constructor(
    readonly code: string,
    message: string,
    readonly cursor: string,
    readonly earliest?: string,
  ) {
    super(`${code}: ${message} (the cursor was ${cursor})`);
  }
}

/** The hub refused the filter; the message names the field and what is accepted. */
export class FilterRefusedError extends GarmError {}

/** The hub sent something that cannot be read. It is not skipped, because it may be an event. */
export class UnreadableFrameError extends GarmError {}

/** Whether a later retry may help. */
export function isTransient(error: unknown): boolean {
  return error instanceof GarmUnreachableError || (error instanceof GarmApiError && error.passesByItself);
}

/** The innermost message is the system's own (`connect ECONNREFUSED …`); the outer ones only say `fetch failed`. */
export function innermostMessage(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  if (inner instanceof AggregateError && inner.errors.length > 0) return innermostMessage(inner.errors[0]);
  return inner instanceof Error ? inner.message : String(inner);
}
