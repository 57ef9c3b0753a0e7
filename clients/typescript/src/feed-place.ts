import { CursorRefusedError, FilterRefusedError, UnreadableFrameError } from "./errors.js";
import type { Change, Frame } from "./frames.js";

/** What a feed yields of what the hub sends. */
export type HubItem =
  | Change
  | { readonly kind: "snapshot-begin"; readonly reason?: string }
  | { readonly kind: "snapshot-end"; readonly cursor: string; readonly count: number }
  | { readonly kind: "caught-up"; readonly cursor: string };

/** What one frame means for a feed. */
export interface Step {
  /** For the reader. */
  item?: HubItem;
  /** The token is about to end. */
  renewToken?: { expiresAt?: string };
  /** The connection is of no more use: come back, after this pause where the hub named one. */
  comeBack?: { cause: string; retryAfterMs?: number };
  /** Coming back would not mend it. */
  end?: Error;
}

/**
 * Where a feed is in the log: a pure state machine over the frames of one connection after the other. `cursor` is what
 * the next connection asks for.
 */
export class FeedPlace {
  #cursor: string;
  #rows: number | undefined;
  #moved = false;

  /**
   * @param cursor Where to begin.
   * @param snapshotInstead Whether a cursor that is refused begins a snapshot.
   */
  constructor(
    cursor: string,
    private readonly snapshotInstead: boolean,
  ) {
    this.#cursor = cursor;
  }

  /** What the next connection asks for: everything up to here was read. `snapshot` while one was begun and not finished. */
  get cursor(): string {
    return this.#cursor;
  }

  /** Whether a snapshot is being read. It has no place to go on from. */
  get inSnapshot(): boolean {
    return this.#rows !== undefined;
  }

  /** Whether the connection brought the feed further, so that coming back at once does no harm. */
  get moved(): boolean {
    return this.#moved;
  }

  /** A connection was made. */
  connected(): void {
    this.#rows = undefined;
    this.#moved = false;
  }

  /**
   * Takes a frame.
   * @throws {UnreadableFrameError} It is not in its place.
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
        // A hub that refuses a snapshot will do so again.
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

  /** Within a snapshot no cursor counts: the rows that are still to come would be missed. */
  #move(cursor: string | undefined): void {
    if (cursor === undefined || this.#rows !== undefined) return;
    this.#cursor = cursor;
    this.#moved = true;
  }
}
