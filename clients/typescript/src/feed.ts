import { type TokenSource, baseUrl } from "./api.js";
import { Connection, silence, woken } from "./connection.js";
import { GarmApiError, innermostMessage, isTransient } from "./errors.js";
import { FeedPlace, type HubItem } from "./feed-place.js";
import { type EventFilter, type Selection, filterMessage } from "./filters.js";
import { type Change, parseFrame } from "./frames.js";
import { Pauses, pause } from "./pauses.js";

/** What a feed reads, and how it reconnects. */
export interface FeedOptions extends Selection<EventFilter> {
  /** Base URLs of nodes of one hub, tried in turn. */
  urls: readonly (string | URL)[];
  /** Called before each connection, and when the token is about to expire. Without it a browser sends the cookie of its own origin. */
  token?: TokenSource;
  /** Where to begin: `now` (the default), `earliest`, `snapshot`, or the cursor of the last change that the caller has. */
  cursor?: string;
  /** The result of a cursor from which the hub cannot resume: the end of the feed (the default), or a snapshot. */
  onExpired?: "end" | "snapshot";
  /** The longest silence that the feed requests, in whole seconds from 1 to 120; default 15. A connection that is silent for twice this time plus {@link graceMs} counts as lost. */
  heartbeatSeconds?: number;
  /** Default 5,000. */
  graceMs?: number;
  /** The longest pause before the first reconnect, doubled by each failure; default 250. */
  firstPauseMs?: number;
  /** The longest pause between two attempts; default 30,000. */
  longestPauseMs?: number;
  /** Ends the feed. */
  signal?: AbortSignal;
}

/** The items of a feed: what the hub sends, and opened and lost connections. */
export type FeedItem =
  | HubItem
  | { readonly kind: "connected"; readonly url: string }
  | { readonly kind: "disconnected"; readonly cause: string; readonly pauseMs: number };

/**
 * Reads events once and in order, across lost connections, stopped nodes and expired tokens, from any of several
 * nodes. It has one reader, once, and reads no further than that reader.
 *
 *     for await (const change of new GarmFeed({ urls: [url], token })) { … }
 *
 * It ends when its signal is aborted or the loop is left, and throws an error that a reconnect would not correct: a
 * {@link CursorRefusedError}, {@link FilterRefusedError}, {@link UnreadableFrameError} or {@link GarmApiError}, or an error of the
 * token source.
 */
export class GarmFeed implements AsyncIterable<Change> {
  readonly #options: FeedOptions;
  readonly #urls: readonly string[];
  readonly #filter: string;
  readonly #heartbeat: number;
  readonly #silenceMs: number;
  readonly #place: FeedPlace;
  readonly #pauses: Pauses;
  readonly #stop = new AbortController();
  #node = 0;
  #wantsFreshToken = false;
  #nextToken: string | undefined;
  #refusedToken: string | undefined;
  #missing = 0;
  #everConnected = false;
  #begun = false;

  constructor(options: FeedOptions) {
    if (options.urls.length === 0) throw new TypeError("\"urls\" is empty; it names at least one node of the hub");
    this.#options = options;
    this.#urls = options.urls.map(baseUrl);
    this.#filter = filterMessage(options);
    this.#heartbeat = options.heartbeatSeconds ?? 15;
    if (!Number.isInteger(this.#heartbeat) || this.#heartbeat < 1 || this.#heartbeat > longestHeartbeat) {
      throw new RangeError(`"heartbeatSeconds" is ${this.#heartbeat}; it is a whole number from 1 to ${longestHeartbeat}`);
    }

    this.#silenceMs = this.#heartbeat * 2000 + (options.graceMs ?? 5000);
    this.#place = new FeedPlace(options.cursor ?? "now", options.onExpired === "snapshot");
    this.#pauses = new Pauses(options.firstPauseMs ?? 250, options.longestPauseMs ?? 30_000);
  }

  /** The cursor of the feed: everything up to here was yielded. Heartbeats move it too. */
  get cursor(): string {
    return this.#place.cursor;
  }

  /** The events and the rows of snapshots. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Change, void, void> {
    for await (const item of this.items()) if (item.kind === "change") yield item;
  }

  /** The same, with the beginnings and ends of snapshots, the point where live events begin, and opened and lost connections. */
  async *items(): AsyncGenerator<FeedItem, void, void> {
    if (this.#begun) throw new TypeError("a feed can be read only once; create another one, which may begin at this one's cursor");
    this.#begun = true;
    const { signal } = this.#options;
    const stop = (): void => this.#stop.abort();
    if (signal?.aborted === true) stop();
    signal?.addEventListener("abort", stop);
    try {
      while (!this.#stop.signal.aborted) yield* this.#once();
    } finally {
      signal?.removeEventListener("abort", stop);
      stop();
    }
  }

  /** One connection, from the request of the token to the pause after it. */
  async *#once(): AsyncGenerator<FeedItem, void, void> {
    const url = this.#urls[this.#node % this.#urls.length]!;
    let connection: Connection | undefined;
    let token: string | undefined;
    let lost: Lost | undefined;
    let opening = false;
    try {
      token = this.#nextToken ?? (await this.#options.token?.(this.#wantsFreshToken, this.#stop.signal));
      [this.#nextToken, this.#wantsFreshToken] = [undefined, false];
      opening = true;
      connection = await Connection.open(this.#streamUrl(url), token, this.#silenceMs, this.#stop.signal);
      [this.#everConnected, this.#missing] = [true, 0];
      this.#place.connected();
      yield { kind: "connected", url };
      lost = yield* this.#read(connection, token);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      if (this.#isFinal(error, token, opening)) throw error;
      lost = { cause: error instanceof Error ? innermostMessage(error) : String(error) };
      if (error instanceof GarmApiError && error.retryAfterMs !== undefined) lost.retryAfterMs = error.retryAfterMs;
    } finally {
      connection?.close();
    }

    // Without a cause the next connection, with a new token, opens at once.
    if (lost === undefined || this.#stop.signal.aborted) return;
    this.#node++;
    const next = this.#pauses.next(Math.random());
    const pauseMs = lost.retryAfterMs ?? next;
    yield { kind: "disconnected", cause: lost.cause, pauseMs };
    await pause(pauseMs, this.#stop.signal);
  }

  /** The frames of a connection; returns why it ended, or undefined when one with a new token replaces it. */
  async *#read(connection: Connection, token: string | undefined): AsyncGenerator<HubItem, Lost | undefined, void> {
    let renewal: Renewal | undefined;
    const over = new AbortController();
    try {
      while (true) {
        // A snapshot cannot be resumed, so it is read to its end first.
        if (renewal?.state === "renewed" && !this.#place.inSnapshot) return undefined;
        const line = await connection.next(this.#silenceMs, renewal?.state === "pending" ? renewal.over : undefined);
        if (line === woken) continue;
        if (line === undefined) return { cause: "the hub ended the stream" };
        if (line === silence) return { cause: `nothing came for ${this.#silenceMs / 1000} seconds` };
        const step = this.#place.take(parseFrame(line));
        if (this.#place.moved) this.#pauses.reset();
        if (step.end !== undefined) throw step.end;
        if (step.renewToken !== undefined) renewal ??= this.#renew(token, step.renewToken.expiresAt, over.signal);
        if (step.item !== undefined) yield step.item;
        if (step.comeBack !== undefined) return step.comeBack;
      }
    } finally {
      over.abort();
    }
  }

  /**
   * Requests a new token when half of the remaining time has passed, because a token of less than a minute is about to expire
   * at once. When there is none, the stream ends with its current token, and the next connection needs a new one.
   */
  #renew(token: string | undefined, expiresAt: string | undefined, signal: AbortSignal): Renewal {
    const ask = async (): Promise<void> => {
      if (this.#options.token === undefined) return;
      const leftMs = Math.min(Date.parse(expiresAt ?? "") - Date.now() || 0, longestNotice);
      await pause(Math.max(leftMs / 2, shortestNotice), signal);
      if (signal.aborted) return;
      this.#wantsFreshToken = true;
      const fresh = await this.#options.token(true, this.#stop.signal);
      if (fresh === token) return;
      this.#wantsFreshToken = false;
      this.#nextToken = fresh;
      renewal.state = "renewed";
    };
    const renewal: Renewal = { state: "pending", over: Promise.resolve() };
    renewal.over = ask().catch(() => {}).then(() => {
      if (renewal.state === "pending") renewal.state = "failed";
    });
    return renewal;
  }

  #streamUrl(base: string): string {
    const query = new URLSearchParams({
      filter: this.#filter,
      cursor: this.#place.cursor,
      "heartbeat-seconds": String(this.#heartbeat),
    });
    if (this.#options.onExpired === "snapshot") query.set("on-expired", "snapshot");
    return `${base}/api/v1/events/stream?${query}`;
  }

  #isFinal(error: unknown, token: string | undefined, opening: boolean): boolean {
    if (!(error instanceof GarmApiError) || !opening) return !isTransient(error);

    // A token may have expired since it was issued, so a new one is requested once.
    if (error.status === 401 && token !== undefined && token !== this.#refusedToken) {
      [this.#refusedToken, this.#wantsFreshToken] = [token, true];
      return false;
    }

    // During a rolling upgrade, nodes of an older version have no streams.
    if (error.status === 404) return !this.#everConnected && ++this.#missing >= this.#urls.length;
    if (!refusalsByFrame.has(error.code)) return !error.passesByItself;

    // The status of the answer corresponds to a frame of an open stream.
    const step = this.#place.take({ kind: "error", code: error.code, message: error.details.replace(`${error.code}: `, "") });
    if (step.end !== undefined) throw step.end;
    return false;
  }
}

const refusalsByFrame: ReadonlySet<string> = new Set(["cursor-expired", "cursor-unknown", "invalid-filter"]);

/** Node's fetch aborts a body that is silent for 300 seconds. */
const longestHeartbeat = 120;

/** How long before a token's expiry the hub sends the warning, in milliseconds; the clocks may differ by more. */
const longestNotice = 60_000;

/** The shortest pause between two requests of a token. */
const shortestNotice = 1000;

/** Why a connection ended. */
interface Lost {
  cause: string;
  retryAfterMs?: number;
}

/** A token that was requested while a stream is open. */
interface Renewal {
  state: "pending" | "renewed" | "failed";
  over: Promise<void>;
}
