import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HubModel, type Matcher, type ModelSession } from "./hub-model.js";

interface Live {
  session: ModelSession;
  response: ServerResponse;
  sent: number;
  token: string;
  isSilent: boolean;
}

/** One node of a hub: the model behind HTTP, with faults to order. */
export class FakeHub {
  readonly model: HubModel;
  readonly #server: Server;
  readonly #live = new Set<Live>();
  readonly #watchers = new Set<() => void>();
  /** Tokens that are taken; what a login gives is added. */
  readonly tokens = new Set(["token-0"]);
  /** Queries and tokens of the streams that were asked for, in order. */
  readonly streams: { query: URLSearchParams; token: string }[] = [];
  logins = 0;
  /** Cuts each connection after so many frames. */
  cutAfter: number | undefined;
  /** Sends no more than so many frames on a connection. */
  hold: number | undefined;
  /** Answers requests for a stream with this status. */
  refuse: { status: number; body: object | string } | undefined;
  /** Answers requests that are none of a hub's; false where it does not. */
  pages: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Sends all of a connection's frames in pieces of so many bytes. */
  pieces: number | undefined;
  /** Lines instead of the model's frames. */
  script: readonly string[] | undefined;
  /** Connections that are opened from now on get nothing. */
  isSilent = false;

  private constructor(model: HubModel) {
    this.model = model;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** Where a node was that is not there any more. */
  static async gone(): Promise<string> {
    const hub = await FakeHub.start();
    const { url } = hub;
    await hub.stop();
    return url;
  }

  static async start(model = new HubModel()): Promise<FakeHub> {
    const hub = new FakeHub(model);
    await new Promise<void>((resolve) => hub.#server.listen(0, "127.0.0.1", resolve));
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many streams are open. */
  get open(): number {
    return this.#live.size;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Ends all streams, as a killed node does. */
  cut(): void {
    for (const live of this.#live) live.response.destroy();
    this.#live.clear();
  }

  /** Says that it goes away, and ends all streams. */
  goAway(retryAfterMs: number): void {
    for (const live of [...this.#live]) {
      const { cursor } = live.session;
      this.#write(live, { control: "going-away", ...(cursor === undefined ? {} : { cursor }), "retry-after-ms": retryAfterMs });
      live.response.end();
      this.#live.delete(live);
    }
  }

  /** Says to all streams that their token ends now. */
  expireTokens(): void {
    for (const live of this.#live) this.#write(live, { control: "token-expiring", "expires-at": new Date().toISOString() });
  }

  /** Sends what there is to send. */
  pump(): void {
    for (const live of [...this.#live]) {
      while (!live.isSilent && this.#live.has(live) && live.sent < (this.hold ?? Infinity)) {
        const frame = live.session.next();
        if (frame === undefined) break;
        this.#write(live, frame);
        if (this.cutAfter !== undefined && live.sent >= this.cutAfter) {
          this.#live.delete(live);
          // What was written goes out before the connection breaks.
          live.response.write("", () => live.response.destroy());
        }
      }
    }

    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Resolves when the condition holds; it is looked at whenever the hub has done something. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.pages?.(request, response) === true) return;
    const url = new URL(request.url!, this.url);
    if (url.pathname === "/api/v1/auth/login") return this.#login(request, response);
    const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? "")?.[1]
      ?? /garm_token=([^;]*)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
    if (url.pathname === "/api/v1/events/stream") this.streams.push({ query: url.searchParams, token });
    if (!this.tokens.has(token)) return json(response, 401, { error: "Authentication failed", details: "the token is not good" });
    if (url.pathname === "/api/v1/snapshot") return this.#page(url.searchParams, response);
    if (url.pathname !== "/api/v1/events/stream") return json(response, 404, { error: "Not Found", details: "no such route" });
    if (this.refuse !== undefined) {
      json(response, this.refuse.status, this.refuse.body);
      return this.pump();
    }

    response.writeHead(200, { "Content-Type": "application/x-ndjson" });
    response.flushHeaders();
    if (this.script !== undefined) {
      for (const line of this.script) response.write(`${line}\n`);
      return this.pump();
    }

    const live: Live = {
      response, token, sent: 0, isSilent: this.isSilent,
      session: this.model.open({
        matches: matcherOf(url.searchParams.get("filter")!),
        cursor: url.searchParams.get("cursor") ?? "now",
        onExpired: url.searchParams.get("on-expired") ?? undefined,
      }),
    };
    this.#live.add(live);
    response.on("close", () => this.#live.delete(live));
    this.pump();
  }

  async #login(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const piece of request) body += String(piece);
    const { password } = JSON.parse(body) as { password: string };
    if (password !== "right") return json(response, 401, { error: "Authentication failed", details: "wrong password" });
    const token = `token-${++this.logins}`;
    this.tokens.add(token);
    json(response, 200, { token });
  }

  #page(query: URLSearchParams, response: ServerResponse): void {
    const matches = matcherOf(query.get("filter")!);
    const [cursor, offset] = (query.get("after") ?? `${this.model.cursorOf(this.model.head)}/0`).split("/");
    if (cursor !== this.model.cursorOf(this.model.head)) {
      return json(response, 410, { control: "error", code: "snapshot-expired", message: "the pages are of before" });
    }

    const rows = [...this.model.states.values()].filter((state) => matches(state.type, state.source, state.payload));
    const end = Number(offset) + Number(query.get("limit") ?? 100);
    const entities = rows.slice(Number(offset), end).map((row) => ({
      "entity-type": row.type, ...(row.source === "" ? {} : { source: row.source }), payload: row.payload,
    }));
    json(response, 200, { entities, after: `${cursor}/${end}`, more: end < rows.length, cursor });
  }

  #write(live: Live, frame: object): void {
    live.sent++;
    const bytes = Buffer.from(`${JSON.stringify(frame)}\n`);
    for (let i = 0; i < bytes.length; i += this.pieces ?? bytes.length) live.response.write(bytes.subarray(i, i + (this.pieces ?? bytes.length)));
  }
}

/** Reads the hub's filters as far as the tests use them. */
export function matcherOf(message: string): Matcher {
  const { filters } = JSON.parse(message) as { filters?: { "entity-type": string; source?: string; match?: Record<string, unknown> }[] };
  if (filters === undefined) return () => true;
  return (type, source, payload) => filters.some((filter) =>
    filter["entity-type"] === type
    && (filter.source === undefined || filter.source === source)
    && Object.entries(filter.match ?? {}).every(([field, wanted]) =>
      (Array.isArray(wanted) ? wanted : [wanted]).includes(payload[field])));
}

function json(response: ServerResponse, status: number, body: object | string): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
