import { CursorRefusedError, FilterRefusedError, UnreadableFrameError } from "./errors.js";
import type { Change, Frame } from "./frames.js";

/** An item that a feed yields. */
export type HubItem =
  | Change
  | { readonly kind: "snapshot-begin"; readonly reason?: string }
  | { readonly kind: "snapshot-end"; readonly cursor: string; readonly count: number }
  | { readonly kind: "caught-up"; readonly cursor: string };

/** The effect of one frame on a feed. */
export interface Step {
  /** An item for the reader. */
  item?: HubItem;
  /** The token is about to expire. */
  renewToken?: { expiresAt?: string };
  /** The connection ends: reconnect, after this pause if the hub gave one. */
  comeBack?: { cause: string; retryAfterMs?: number };
  /** A reconnect would not help. */
  end?: Error;
}

/**
 * The position of a feed in the log: a pure state machine over the frames of successive connections. `cursor` is where
 * the next connection resumes.
 */
export class FeedPlace {
  #cursor: string;
  #rows: number | undefined;
  #moved = false;

  /**
   * @param cursor Where to begin.
   * @param snapshotInstead Whether a refused cursor begins a snapshot.
   */
  constructor(
    cursor: string,
    private readonly snapshotInstead: boolean,
  ) {
    this.#cursor = cursor;
  }

  /** The cursor for the next connection: everything up to here was read. `snapshot` while one was begun and not finished. */
  get cursor(): string {
    return this.#cursor;
  }

  /** Whether a snapshot is being read; it cannot be resumed. */
  get inSnapshot(): boolean {
    return this.#rows !== undefined;
  }

  /** Whether the connection has delivered something, so that an immediate reconnect is acceptable. */
  get moved(): boolean {
    return this.#moved;
  }

  /** A connection was opened. */
  connected(): void {
    this.#rows = undefined;
    this.#moved = false;
  }

  /**
   * Applies a frame.
   * @throws {UnreadableFrameError} The frame is out of order.
   */
  take(frame: Frame): Step {
    switch (frame.kind) {
      case "change":
        return this.#change(frame);
      case "snapshot-begin":
        this.#rows = 0;
        this.#cursor = "snapshot";
        return { item: frame };
      case "snapshot-end": {
        const rows = this.#rows;
        if (rows === undefined) throw new UnreadableFrameError("a snapshot-end without a snapshot-begin");
        if (rows !== frame.count) throw new UnreadableFrameError(`a snapshot of ${frame.count} rows had ${rows}`);
        this.#rows = undefined;
        this.#move(frame.cursor);
        return { item: frame };
      }
      case "caught-up":
        this.#move(frame.cursor);
        return { item: frame };
      case "heartbeat":
        this.#move(frame.cursor);
        return {};
      case "token-expiring":
        return { renewToken: frame.expiresAt === undefined ? {} : { expiresAt: frame.expiresAt } };
      case "going-away":
        this.#move(frame.cursor);
        return {
          comeBack: {
            cause: "the node stops",
            ...(frame.retryAfterMs === undefined ? {} : { retryAfterMs: frame.retryAfterMs }),
          },
        };
      case "error":
        return this.#error(frame.code, frame.message, frame.cursor, frame.earliest);
      case "other":
        return {};
    }
  }

  #change(change: Change): Step {
    if (change.operation === "snapshot") {
      if (this.#rows === undefined) throw new UnreadableFrameError("a row of a snapshot without a snapshot-begin");
      this.#rows++;
    } else {
      if (this.#rows !== undefined) throw new UnreadableFrameError("an event within a snapshot");
      if (change.cursor === undefined) throw new UnreadableFrameError("an event without a cursor");
      this.#move(change.cursor);
    }

    return { item: change };
  }

  #error(code: string, message: string, cursor: string | undefined, earliest: string | undefined): Step {
    switch (code) {
      case "cursor-expired":
      case "cursor-unknown": {
        const refused = new CursorRefusedError(code, message, this.#cursor, earliest);
        // A hub that refused a snapshot will refuse it again.
        if (!this.snapshotInstead || this.#cursor === "snapshot") return { end: refused };
        this.#rows = undefined;
        this.#cursor = "snapshot";
        return { comeBack: { cause: refused.message } };
      }
      case "invalid-filter":
        return { end: new FilterRefusedError(message) };
      default:
        this.#move(cursor);
        return { comeBack: { cause: `${code}: ${message}` } };
    }
  }

  /** Within a snapshot cursors are ignored: a resume from one would miss the remaining rows. */
  #move(cursor: string | undefined): void {
    if (cursor === undefined || this.#rows !== undefined) return;
    this.#cursor = cursor;
    this.#moved = true;
  }
}
