import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GarmApi, GarmFeed, passwordLogin, type FeedItem, type FeedOptions } from "../src/index.js";
import { changes, count, quick, readUntil } from "./support/collect.js";
import { FakeHub } from "./support/fake-hub.js";

let hub: FakeHub;
const more: FakeHub[] = [];

beforeEach(async () => {
  hub = await FakeHub.start();
});

afterEach(async () => {
  for (const each of [hub, ...more.splice(0)]) await each.stop();
});

const pool = (id: string, more: object = {}) => ({ type: "pool", source: "", id, payload: { id, ...more } });
const options = (more: Partial<FeedOptions> = {}): FeedOptions => ({ ...quick, urls: [hub.url], token: () => "token-0", ...more });
const putAll = (...ids: string[]) => ids.forEach((id) => hub.model.put(pool(id)));

describe("a feed", () => {
  test("reads from a cursor, then live, and asks for what it was told to", async () => {
    putAll("a", "b");
    const items = await readUntil(options({ cursor: "earliest", heartbeatSeconds: 7, filters: [{ "entity-type": "pool" }] }),
      (all) => count(all, "change") === 3,
      (item) => {
        if (item.kind !== "caught-up") return;
        putAll("c");
        hub.pump();
      });
    expect(changes(items)).toEqual(["create pool a", "create pool b", "create pool c"]);
    expect(items.map((item) => item.kind)).toEqual(["connected", "change", "change", "caught-up", "change"]);
    expect(Object.fromEntries(hub.streams[0]!.query)).toEqual(
      { filter: '{"filters":[{"entity-type":"pool"}]}', cursor: "earliest", "heartbeat-seconds": "7" });
  });

  test("goes on where it was after each cut, and gets each event once", async () => {
    putAll(..."abcdefghij");
    hub.cutAfter = 3;
    const items = await readUntil(options({ cursor: "earliest" }), (all) => count(all, "caught-up") === 1);
    expect(changes(items)).toEqual([..."abcdefghij"].map((id) => `create pool ${id}`));
    expect(hub.streams.map(({ query }) => query.get("cursor"))).toEqual(["earliest", "1-3", "1-6", "1-9"]);
  });

  test("begins anew when it was cut in the middle of a snapshot", async () => {
    putAll(..."abcdef");
    hub.cutAfter = 4;
    const items = await readUntil(options({ cursor: "snapshot" }), (all) => count(all, "caught-up") === 1,
      (item) => {
        if (item.kind === "disconnected") hub.cutAfter = undefined;
      });
    expect(hub.streams.map(({ query }) => query.get("cursor"))).toEqual(["snapshot", "snapshot"]);
    expect([count(items, "snapshot-begin"), count(items, "snapshot-end"), count(items, "change")]).toEqual([2, 1, 3 + 6]);
  });

  test("is the same however its bytes are cut", async () => {
    hub.model.put(pool("a", { image: "ä€😀" }));
    hub.pieces = 1;
    const [item] = (await readUntil(options({ cursor: "earliest" }), (all) => count(all, "change") === 1)).slice(-1);
    expect(item).toMatchObject({ payload: { image: "ä€😀" } });
  });

  test("ends with an expired cursor, and says what the hub said", async () => {
    putAll("a", "b");
    hub.model.expire();
    await expect(readUntil(options({ cursor: "1-1" }), () => false))
      .rejects.toMatchObject({ name: "CursorRefusedError", code: "cursor-expired", cursor: "1-1" });
  });

  test("takes a snapshot instead where it is told to", async () => {
    putAll("a", "b");
    hub.model.expire();
    const items = await readUntil(options({ cursor: "1-1", onExpired: "snapshot" }), (all) => count(all, "caught-up") === 1);
    expect(items).toContainEqual({ kind: "snapshot-begin", reason: "cursor-expired" });
    expect(changes(items)).toEqual(["snapshot pool a", "snapshot pool b"]);
    expect(hub.streams[0]!.query.get("on-expired")).toBe("snapshot");
  });

  test.each([
    ["the answer's status", () => (hub.refuse = { status: 410, body: { control: "error", code: "cursor-expired", message: "gone" } })],
    ["a frame", () => (hub.script = ['{"control":"error","code":"cursor-unknown","message":"another copy"}'])],
  ])("takes a snapshot also where the hub refuses the cursor by %s", async (_, refuse) => {
    putAll("a");
    refuse();
    const items = await readUntil(options({ cursor: "1-0", onExpired: "snapshot" }), (all) => count(all, "caught-up") === 1,
      (item) => {
        if (item.kind === "disconnected") hub.refuse = hub.script = undefined;
      });
    expect(hub.streams.map(({ query }) => query.get("cursor"))).toEqual(["1-0", "snapshot"]);
    expect(changes(items)).toEqual(["snapshot pool a"]);
  });

  test("ends where a hub knows no snapshots", async () => {
    hub.script = ['{"control":"error","code":"cursor-unknown","message":"this is no cursor"}'];
    await expect(readUntil(options({ cursor: "snapshot", onExpired: "snapshot" }), () => false)).rejects.toMatchObject({ code: "cursor-unknown" });
  });

  test("goes to another node when one goes away, after the time that it said", async () => {
    const other = await FakeHub.start(hub.model);
    more.push(other);
    putAll("a");
    const items = await readUntil(options({ urls: [hub.url, other.url], cursor: "earliest" }), (all) => count(all, "change") === 2,
      (item) => {
        if (item.kind === "caught-up" && hub.streams.length === 1 && other.streams.length === 0) {
          hub.goAway(3);
          putAll("b");
        }
      });
    expect(items).toContainEqual({ kind: "disconnected", cause: "the node stops", pauseMs: 3 });
    expect(other.streams[0]!.query.get("cursor")).toBe("1-1");
    expect(changes(items)).toEqual(["create pool a", "create pool b"]);
  });

  test("passes over a node that is not there", async () => {
    const gone = await FakeHub.gone();
    putAll("a");
    const items = await readUntil(options({ urls: [gone, hub.url], cursor: "earliest" }), (all) => count(all, "change") === 1);
    expect(items.map((item) => item.kind)).toEqual(["disconnected", "connected", "change"]);
    expect((items[0] as { cause: string }).cause).toContain("ECONNREFUSED");
  });

  test("takes a node that is silent for too long for lost", async () => {
    hub.isSilent = true;
    const items = await readUntil(options({ heartbeatSeconds: 1, graceMs: -1900 }), (all) => count(all, "connected") === 2);
    expect(items[1]).toMatchObject({ kind: "disconnected", cause: "nothing came for 0.1 seconds" });
  });

  test("does not take its own reader's time for silence", async () => {
    putAll("a");
    const items = await readUntil(options({ cursor: "earliest", heartbeatSeconds: 1, graceMs: -1900 }),
      (all) => count(all, "change") === 2,
      async (item) => {
        if (item.kind !== "caught-up") return;
        // Longer than the silence that would end the connection: this is the reader that is slow.
        await new Promise((resolve) => setTimeout(resolve, 300));
        putAll("b");
        hub.pump();
      });
    expect(count(items, "disconnected")).toBe(0);
  });

  test("asks for another token when one is refused, and ends when that one is refused too", async () => {
    hub.tokens.clear();
    const asked: boolean[] = [];
    const token = (fresh: boolean): string => {
      asked.push(fresh);
      return "token-0";
    };
    await expect(readUntil(options({ token }), () => false)).rejects.toMatchObject({ name: "GarmApiError", status: 401 });
    expect(asked).toEqual([false, true]);
  });

  test("logs in again when its token has ended", async () => {
    putAll("a");
    const token = passwordLogin([hub.url], "admin", "right");
    await token(false);
    hub.tokens.clear();
    const items = await readUntil(options({ token, cursor: "earliest" }), (all) => count(all, "change") === 1);
    expect(hub.streams.map((stream) => stream.token)).toEqual(["token-1", "token-2"]);
    expect(count(items, "change")).toBe(1);
  });

  test("goes on with a new token before the old one ends, without a gap and without a pause", async () => {
    putAll("a");
    const items = await readUntil(options({ token: passwordLogin([hub.url], "admin", "right"), cursor: "earliest" }),
      (all) => count(all, "change") === 2,
      async (item) => {
        if (item.kind === "caught-up" && hub.streams.length === 1) {
          hub.expireTokens();
          void hub.until(() => hub.streams.length === 2).then(() => {
            putAll("b");
            hub.pump();
          });
        }
      });
    expect(hub.streams.map(({ token, query }) => [token, query.get("cursor")])).toEqual([["token-1", "earliest"], ["token-2", "1-1"]]);
    expect(changes(items)).toEqual(["create pool a", "create pool b"]);
    expect(count(items, "disconnected")).toBe(0);
  });

  test("reads a snapshot to its end before it goes on with a new token", async () => {
    putAll(..."abcdef");
    const asked: boolean[] = [];
    hub.hold = 4;
    const token = (fresh: boolean): string => {
      asked.push(fresh);
      if (fresh) {
        hub.hold = undefined;
        setImmediate(() => hub.pump());
      }

      hub.tokens.add(`token-${asked.length}`);
      return `token-${asked.length}`;
    };
    const items = await readUntil(options({ token, cursor: "snapshot" }), () => hub.streams.length === 2, (item) => {
      if (item.kind === "snapshot-begin") hub.expireTokens();
    });
    expect(count(items, "snapshot-begin")).toBe(1);
    expect(hub.streams[1]!.query.get("cursor")).toBe("1-6");
    expect(asked).toEqual([false, true]);
  });

  test("stays on its connection where there is no other token", async () => {
    putAll("a");
    const token = vi.fn(() => "token-0");
    const items = await readUntil(options({ cursor: "earliest", token }), (all) => count(all, "change") === 2, async (item) => {
      if (item.kind !== "caught-up") return;
      const before = token.mock.calls.length;
      hub.expireTokens();
      void vi.waitFor(() => expect(token.mock.calls.length).toBeGreaterThan(before), { timeout: 10_000, interval: 10 }).then(() => {
        putAll("b");
        hub.pump();
      });
    });
    expect(hub.streams).toHaveLength(1);
    expect(changes(items)).toEqual(["create pool a", "create pool b"]);
  });

  test("waits out a hub that is busy, for as long as it says", async () => {
    putAll("a");
    hub.refuse = { status: 503, body: { error: "Service Unavailable", details: "starting" } };
    const items = await readUntil(options({ cursor: "earliest" }), (all) => count(all, "change") === 1,
      (item) => {
        if (item.kind === "disconnected") hub.refuse = undefined;
      });
    expect(items[0]).toMatchObject({ kind: "disconnected", cause: "GET /events/stream: 503: starting" });
  });

  test.each([
    [403, { error: "Forbidden", details: "not an administrator" }, "not an administrator"],
    [404, "no page", "no page"],
  ])("ends with %i, and says what the hub said", async (status, body, message) => {
    hub.refuse = { status, body };
    await expect(readUntil(options(), () => false)).rejects.toThrow(message);
    expect(hub.streams).toHaveLength(1);
  });

  test.each([
    ["the answer's status", () => (hub.refuse = { status: 400, body: { error: "Bad Request", details: "invalid-filter: no pool has \"x\"" } })],
    ["a frame", () => (hub.script = ['{"control":"error","code":"invalid-filter","message":"no pool has \\"x\\""}'])],
  ])("ends with a filter that the hub refuses by %s", async (_, refuse) => {
    refuse();
    await expect(readUntil(options(), () => false)).rejects.toMatchObject({ name: "FilterRefusedError", message: "no pool has \"x\"" });
  });

  test("finds the node that has streams while another one is still older", async () => {
    const older = await FakeHub.start(hub.model);
    more.push(older);
    older.refuse = { status: 404, body: { error: "Not Found" } };
    putAll("a");
    const items = await readUntil(options({ urls: [older.url, hub.url], cursor: "earliest" }), (all) => count(all, "change") === 1);
    expect(items.map((item) => item.kind)).toEqual(["disconnected", "connected", "change"]);
  });

  test.each(["{", "word", "{\"entity-type\":\"pool\",\"operation\":\"update\",\"payload\":{\"id\":\"a\"}}"])(
    "ends at what it cannot read: %s", async (line) => {
      hub.script = ['{"control":"heartbeat","cursor":"4"}', line];
      const feed = new GarmFeed(options());
      await expect((async () => { for await (const _ of feed); })()).rejects.toMatchObject({ name: "UnreadableFrameError" });
      expect(feed.cursor).toBe("4");
    });

  test("throws what its token source throws", async () => {
    await expect(readUntil(options({ token: () => { throw new Error("no secret file"); } }), () => false)).rejects.toThrow("no secret file");
    await expect(readUntil(options({ token: passwordLogin([hub.url], "admin", "wrong") }), () => false)).rejects.toMatchObject({ status: 401 });
  });

  test("ends when its signal is aborted, wherever it is, and closes its connection", async () => {
    for (const abortAt of ["connected", "caught-up", "disconnected"] as FeedItem["kind"][]) {
      const abort = new AbortController();
      const items = await readUntil(options({ signal: abort.signal, firstPauseMs: 60_000 }), () => false, (item) => {
        if (item.kind === abortAt) abort.abort();
        else if (abortAt === "disconnected") hub.cut();
      });
      expect(items.at(-1)!.kind).toBe(abortAt);
    }

    const abort = new AbortController();
    const token = (_: boolean, signal?: AbortSignal): Promise<string> => new Promise((_resolve, reject) => {
      signal!.addEventListener("abort", () => reject(signal!.reason as Error));
      abort.abort();
    });
    expect(await readUntil(options({ token, signal: abort.signal }), () => false)).toEqual([]);
    const aborted = await readUntil(options({ signal: AbortSignal.abort() }), () => false);
    expect(aborted).toEqual([]);
    await vi.waitFor(() => expect(hub.open).toBe(0));
  });

  test("closes its connection when its loop is left", async () => {
    for await (const item of new GarmFeed(options()).items()) if (item.kind === "caught-up") break;
    await vi.waitFor(() => expect(hub.open).toBe(0));
  });

  test("is read once", async () => {
    const feed = new GarmFeed(options());
    for await (const item of feed.items()) if (item.kind === "caught-up") break;
    await expect(feed.items().next()).rejects.toThrow("only once");
  });

  test.each([
    [{ urls: [] }, "urls"], [{ urls: ["ftp://x"] }, "base URL"], [{ heartbeatSeconds: 0 }, "heartbeatSeconds"], [{ filters: [] }, "filters"],
  ])("refuses options that cannot work: %j", (wrong, message) => {
    expect(() => new GarmFeed(options(wrong))).toThrow(message);
  });
});

describe("the REST API", () => {
  test("gives a snapshot in pages", async () => {
    putAll("a", "b", "c");
    hub.model.put({ type: "pool", source: "east", id: "a", payload: { id: "a" } });
    hub.model.put({ type: "job", source: "", id: "1", payload: { id: 1 } });
    const pages = [];
    for await (const page of new GarmApi(hub.url, () => "token-0").snapshotPages({ filters: [{ "entity-type": "pool" }], limit: 3 })) pages.push(page);
    expect(pages.map((page) => page.entities.map(({ source, id }) => source + id))).toEqual([["a", "b", "c"], ["easta"]]);
    expect(pages.map((page) => page.cursor)).toEqual(["1-5", "1-5"]);
  });

  test("says so when a page outlived its snapshot", async () => {
    putAll("a", "b");
    const api = new GarmApi(hub.url, () => "token-0");
    const { after } = await api.snapshotPage({ limit: 1 });
    putAll("c");
    await expect(api.snapshotPage({ limit: 1 }, after)).rejects.toMatchObject({ status: 410, code: "snapshot-expired", passesByItself: false });
  });

  test("logs in at whichever node answers, once until another token is wanted", async () => {
    const gone = await FakeHub.gone();
    const token = passwordLogin([gone, hub.url], "admin", "right");
    expect([await token(false), await token(false), await token(true)]).toEqual(["token-1", "token-1", "token-2"]);
  });
});
