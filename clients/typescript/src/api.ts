import { type Entity, idOf } from "./entities.js";
import { GarmApiError, GarmUnreachableError, innermostMessage } from "./errors.js";
import { type CacheFilter, type Selection, filterMessage } from "./filters.js";

/**
 * Returns a token of an administrator. With `fresh` a new token is needed, because the last one was refused or is about to expire;
 * a source with only one token returns it again. An error that it throws ends the feed, except {@link GarmUnreachableError} and a
 * temporary {@link GarmApiError}.
 */
export type TokenSource = (fresh: boolean, signal?: AbortSignal) => string | Promise<string>;

/** A page of a snapshot. */
export interface SnapshotPage {
  entities: Entity[];
  /** The `after` for the next page; "" after the last one. */
  after: string;
  more: boolean;
  /** The position of the rows in the log, the same on all pages: the events after it are the later changes. */
  cursor: string;
}

/** The parameters of a snapshot page. */
export interface SnapshotOptions extends Selection<CacheFilter> {
  /** The maximum number of rows. */
  limit?: number;
  signal?: AbortSignal;
}

/** The hub's REST API. */
export class GarmApi {
  readonly #base: string;

  /**
   * @param url The hub's base URL, such as `http://127.0.0.1:9997`. A path in it (behind a proxy) is kept.
   * @param token Called before each request. Without it a browser sends the cookie of its own origin.
   */
  constructor(
    url: string | URL,
    private readonly token?: TokenSource,
  ) {
    this.#base = baseUrl(url);
  }

  /** Logs in, and returns the token. */
  async login(username: string, password: string, signal?: AbortSignal): Promise<string> {
    const answer = await this.#json<{ token?: string }>("POST", "/auth/login", { username, password }, signal, false);
    if (typeof answer.token !== "string") throw new GarmApiError(200, "", "the answer has no token", "POST /auth/login");
    return answer.token;
  }

  /**
   * Any other request: the JSON of the answer, or undefined when it has none.
   * @param path Below `/api/v1`, such as `/pools`.
   */
  request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    return this.#json<T>(method, path, body, signal, true);
  }

  /**
   * One page of a snapshot. When the snapshot is too old, it is refused with status 410 and the code `snapshot-expired`: begin a new one.
   * @param after The `after` of the page before; absent for the first.
   */
  async snapshotPage(options: SnapshotOptions = {}, after?: string): Promise<SnapshotPage> {
    const query = new URLSearchParams({ filter: filterMessage(options) });
    if (options.limit !== undefined) query.set("limit", String(options.limit));
    if (after !== undefined) query.set("after", after);
    const page = await this.request<RawPage>("GET", `/snapshot?${query}`, undefined, options.signal);
    return {
      entities: page.entities.map((row) => {
        const { "entity-type": type, payload } = row;
        return { type, source: row.source ?? "", id: idOf(type, payload), payload } as Entity;
      }),
      after: page.after ?? "",
      more: page.more,
      cursor: page.cursor,
    };
  }

  /** The pages of a snapshot, one after the other. */
  async *snapshotPages(options: SnapshotOptions = {}): AsyncGenerator<SnapshotPage, void, void> {
    let after: string | undefined;
    while (true) {
      const page = await this.snapshotPage(options, after);
      yield page;
      if (!page.more) return;
      after = page.after;
    }
  }

  async #json<T>(method: string, path: string, body: unknown, signal: AbortSignal | undefined, withToken: boolean): Promise<T> {
    const headers: Record<string, string> = {};
    if (withToken && this.token !== undefined) headers["Authorization"] = `Bearer ${await this.token(false, signal)}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const what = `${method} ${path.split("?")[0]}`;
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.#base}/api/v1${path}`, {
        method, headers, cache: "no-store", signal: signal ?? null,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch (error) {
      signal?.throwIfAborted();
      throw new GarmUnreachableError(`${what} at ${this.#base}: ${innermostMessage(error)}`, { cause: error });
    }

    if (!response.ok) throw apiError(response, text, what);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

interface RawPage {
  entities: { "entity-type": string; source?: string; payload: unknown }[];
  after?: string | null;
  more: boolean;
  cursor: string;
}

/**
 * A token source that logs in with a password, at the first of several nodes that answers, and keeps the token until a new one
 * is needed.
 */
export function passwordLogin(urls: readonly (string | URL)[], username: string, password: string): TokenSource {
  const nodes = urls.map((url) => new GarmApi(url));
  let token: string | undefined;
  return async (fresh, signal) => {
    if (token !== undefined && !fresh) return token;
    let last: unknown = new TypeError("no URL to log in at");
    for (const node of nodes) {
      try {
        return (token = await node.login(username, password, signal));
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof GarmApiError && !error.passesByItself) throw error;
        last = error;
      }
    }

    throw last;
  };
}

/** The base URL without a slash at the end. */
export function baseUrl(url: string | URL): string {
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol) || parsed.search !== "" || parsed.hash !== "" || parsed.username !== "") {
    throw new TypeError(`"${url}" is no base URL of a hub; it is http or https, without user, query and fragment`);
  }

  return parsed.href.replace(/\/+$/, "");
}

/** The content of a refusal: GARM's `{"error","details"}`, or a control frame with a code. */
export function apiError(response: Response, text: string, what: string): GarmApiError {
  let body: Record<string, unknown> = {};
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) body = json as Record<string, unknown>;
  } catch {
    body = { details: text.slice(0, 200) };
  }

  const word = (key: string): string => (typeof body[key] === "string" ? (body[key] as string) : "");
  const details = word("message") || word("details") || word("error");
  const code = word("code") || (/^([a-z]+(?:-[a-z]+)+):/.exec(details)?.[1] ?? "");
  const seconds = Number(response.headers.get("Retry-After") ?? NaN);
  return new GarmApiError(response.status, code, details, what, Number.isFinite(seconds) ? seconds * 1000 : undefined);
}
