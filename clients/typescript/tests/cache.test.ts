import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type CacheChange, type CacheOptions, GarmCache } from "../src/index.js";
import { quick } from "./support/collect.js";
import { FakeHub, matcherOf } from "./support/fake-hub.js";
import { Random } from "./support/random.js";

const runs = Number(process.env["GARM_CLIENT_RUNS"] ?? 20);

let hub: FakeHub;
let cache: GarmCache;

beforeEach(async () => {
  hub = await FakeHub.start();
});

afterEach(async () => {
  await cache?.stop();
  await hub.stop();
});

const instance = (id: string, status: string, source = "", more: object = {}) =>
  ({ type: "instance", source, id, payload: { id, status, ...more } });

function open(more: Partial<CacheOptions> = {}): GarmCache {
  cache = new GarmCache({ ...quick, urls: [hub.url], token: () => "token-0", ...more });
  return cache;
}

function write(entity: ReturnType<typeof instance>): void {
  hub.model.put(entity);
  hub.pump();
}

function log(of: GarmCache): string[] {
  const seen: string[] = [];
  of.on("added", (entity) => seen.push(`+${entity.id}`));
  of.on("changed", (entity, before) => seen.push(`${(before.payload as { status: string }).status}>${(entity.payload as { status: string }).status} ${entity.id}`));
  of.on("removed", (entity) => seen.push(`-${entity.id}`));
  of.on("synced", () => seen.push("synced"));
  of.on("behind", () => seen.push("behind"));
  return seen;
}

const ids = (): string[] => cache.all("instance").map((entity) => entity.source + entity.id).sort();

describe("a cache", () => {
  test("is what the hub has once it is synced, and stays so", async () => {
    write(instance("a", "idle"));
    const seen = log(open());
    expect(cache.synced).toBe(false);
    await cache.start().whenSynced();
    expect([cache.synced, cache.size, cache.get("instance", "a")?.payload.status, cache.cursor]).toEqual([true, 1, "idle", "1-1"]);
    write(instance("b", "idle"));
    write(instance("a", "active"));
    hub.model.delete("instance", "", "b");
    hub.pump();
    await vi.waitFor(() => expect(seen).toEqual(["+a", "synced", "+b", "idle>active a", "-b"]));
    expect(ids()).toEqual(["a"]);
  });

  test("holds what the filter describes: who leaves it is removed", async () => {
    write(instance("a", "running"));
    write(instance("b", "stopped"));
    const seen = log(open({ filters: [{ "entity-type": "instance", match: { status: "running" } }] }));
    await cache.start().whenSynced();
    write(instance("a", "stopped"));
    write(instance("b", "running"));
    await vi.waitFor(() => expect(seen).toEqual(["+a", "synced", "-a", "+b"]));
  });

  test("keeps entities with the same id apart by type and source", async () => {
    write(instance("1", "idle"));
    write(instance("1", "active", "east"));
    hub.model.put({ type: "job", source: "", id: "1", payload: { id: 1 } });
    await open().start().whenSynced();
    expect([cache.get("instance", 1)?.payload.status, cache.get("instance", "1", "east")?.payload.status, cache.get("job", 1)?.payload.id])
      .toEqual(["idle", "active", 1]);
    hub.model.delete("instance", "east", "1");
    hub.pump();
    await vi.waitFor(() => expect(ids()).toEqual(["1"]));
    expect(cache.get("instance", "1", "east")).toBeUndefined();
  });

  test("compares itself with a snapshot when its place is gone, and tells only what differs", async () => {
    for (const id of ["a", "b", "c", "d"]) write(instance(id, "idle"));
    const seen = log(open());
    await cache.start().whenSynced();
    seen.length = 0;
    // The connection goes, and while it is gone the hub changes and forgets.
    hub.refuse = { status: 503, body: {} };
    hub.cut();
    hub.model.put(instance("b", "active"));
    hub.model.delete("instance", "", "c");
    hub.model.put(instance("e", "idle"));
    hub.model.expire();
    hub.refuse = undefined;
    await vi.waitFor(() => expect(seen).toContain("synced"));
    expect(seen.sort()).toEqual(["+e", "-c", "behind", "idle>active b", "synced"]);
    expect(hub.streams.at(-1)!.query.get("cursor")).toBe("1-4");
    expect(ids()).toEqual(["a", "b", "d", "e"]);
  });

  test("goes back with a database that was restored", async () => {
    write(instance("a", "idle"));
    const copy = hub.model.copy();
    write(instance("a", "active"));
    write(instance("b", "idle"));
    const seen = log(open());
    await cache.start().whenSynced();
    seen.length = 0;
    hub.model.restore(copy);
    hub.pump();
    await vi.waitFor(() => expect(seen).toEqual(["behind", "active>idle a", "-b", "synced"]));
  });

  test("tells of each connection that could not be made, also before it was synced", async () => {
    hub.refuse = { status: 503, body: {} };
    const causes: string[] = [];
    const seen = log(open());
    cache.on("disconnected", (cause) => causes.push(cause));
    cache.start();
    await vi.waitFor(() => expect(causes.length).toBeGreaterThan(1));
    hub.refuse = undefined;
    await cache.whenSynced();
    expect(causes[0]).toContain("503");
    expect(seen).toEqual(["synced"]);
  });

  test("is removed from only when a snapshot was read to its end", async () => {
    for (const id of "abcdef") write(instance(id, "idle"));
    const seen = log(open());
    await cache.start().whenSynced();
    seen.length = 0;
    hub.cutAfter = 3;
    hub.model.expire();
    hub.model.epoch++;
    hub.cut();
    await hub.until(() => hub.streams.length === 6);
    expect(seen).toEqual(["behind"]);
    expect([cache.synced, cache.size]).toEqual([false, 6]);
    hub.cutAfter = undefined;
    await cache.whenSynced();
    expect(seen).toEqual(["behind", "synced"]);
  });

  test("finds entities by the keys of its user", async () => {
    write(instance("a", "idle", "", { pool_id: "p" }));
    open().index("pool", (entity) => (entity.type === "instance" ? entity.payload.pool_id : undefined));
    await cache.start().whenSynced();
    cache.index("letters", (entity) => [...entity.id]);
    const found = (name: string, key: string): string[] => cache.byIndex(name, key).map((entity) => entity.id);
    expect([found("pool", "p"), found("letters", "a"), found("pool", "q")]).toEqual([["a"], ["a"], []]);
    write(instance("a", "idle", "", { pool_id: "q" }));
    write(instance("ab", "idle", "", { pool_id: "p" }));
    await vi.waitFor(() => expect([found("pool", "p"), found("pool", "q"), found("letters", "a")]).toEqual([["ab"], ["a"], ["a", "ab"]]));
    expect(cache.byIndex("pool", "p", "instance")[0]?.payload.pool_id).toBe("p");
    expect(cache.byIndex("pool", "p", "job")).toEqual([]);
    hub.model.delete("instance", "", "a");
    hub.pump();
    await vi.waitFor(() => expect(found("letters", "a")).toEqual(["ab"]));
    expect(() => cache.byIndex("nothing", "a")).toThrow("no index \"nothing\"");
    expect(() => cache.index("pool", () => "")).toThrow("already");
  });

  test("gives a slow reader the difference to what it saw last", async () => {
    write(instance("a", "1"));
    write(instance("b", "1"));
    await open().start().whenSynced();
    const changes = cache.changes()[Symbol.asyncIterator]();
    const next = async (): Promise<string> => {
      const { kind, entity } = (await changes.next()).value as CacheChange;
      return `${kind} ${entity.id} ${(entity.payload as { status: string }).status}`;
    };
    expect([await next(), await next()]).toEqual(["added a 1", "added b 1"]);
    for (let i = 2; i < 100; i++) write(instance("a", String(i)));
    write(instance("b", "2"));
    write(instance("b", "1"));
    write(instance("c", "1"));
    hub.model.delete("instance", "", "c");
    write(instance("d", "1"));
    await vi.waitFor(() => expect(cache.get("instance", "d")).toBeDefined());
    expect([await next(), await next()]).toEqual(["changed a 99", "added d 1"]);
    const waiting = next();
    hub.model.delete("instance", "", "a");
    hub.pump();
    expect(await waiting).toBe("removed a 99");
    const last = changes.next();
    await cache.stop();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  test("lets a reader of changes go by its signal", async () => {
    await open().start().whenSynced();
    const abort = new AbortController();
    const reading = (async () => { for await (const _ of cache.changes({ signal: abort.signal })); })();
    abort.abort();
    await reading;
    expect(cache.synced).toBe(true);
  });

  test("tells everybody what ended it", async () => {
    hub.refuse = { status: 403, body: { error: "Forbidden", details: "not an administrator" } };
    open();
    const ended = vi.fn();
    cache.on("ended", ended);
    const reading = cache.changes()[Symbol.asyncIterator]().next();
    const closed = cache.closed();
    for (const promise of [cache.start().whenSynced(), closed, reading]) await expect(promise).rejects.toMatchObject({ status: 403 });
    expect(ended).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 403 }));
    await expect(cache.whenSynced()).rejects.toMatchObject({ status: 403 });
  });

  test("ends in silence when it is stopped, before its start too", async () => {
    const abort = new AbortController();
    await open({ signal: abort.signal }).start().whenSynced();
    const closed = cache.closed();
    abort.abort();
    await closed;
    expect(cache.synced).toBe(false);
    await open().stop();
    await cache.closed();
    await expect(cache.whenSynced()).rejects.toThrow("stopped");
  });

  test("takes no filter by operations", () => {
    const filter = { "entity-type": "job" as const, operations: ["create"] };
    expect(() => open({ filters: [filter] })).toThrow("operations");
  });

  test("ends with what an index function throws", async () => {
    write(instance("a", "idle"));
    open().index("wrong", () => {
      throw new Error("no such key");
    });
    await expect(cache.start().whenSynced()).rejects.toThrow("no such key");
  });
});

describe("over the network", () => {
  test(`a copy is what the hub has at each quiet point, whatever is cut, forgotten and restored: ${runs} seeds`, async () => {
    const filters = [{ "entity-type": "instance" as const, match: { status: ["idle", "active"] } }, { "entity-type": "job" as const }];
    for (let seed = 1; seed <= runs; seed++) {
      const random = new Random(seed);
      const node = await FakeHub.start(hub.model);
      const copy = new GarmCache({ ...quick, urls: [hub.url, node.url], token: () => "token-0", filters });
      const followed = new Map<string, unknown>();
      const key = (change: { type: string; source: string; id: string }): string => `${change.type}\n${change.source}\n${change.id}`;
      copy.on("added", (entity) => followed.set(key(entity), entity.payload));
      copy.on("changed", (entity) => followed.set(key(entity), entity.payload));
      copy.on("removed", (entity) => followed.delete(key(entity)));
      copy.start();
      for (let round = 0; round < 4; round++) {
        for (let i = 0; i < 60; i++) await act(random, node);
        [hub.cutAfter, node.cutAfter, hub.pieces] = [undefined, undefined, undefined];
        hub.pump();
        node.pump();
        const matches = matcherOf(JSON.stringify({ filters }));
        await vi.waitFor(() => {
          expect(copy.synced, `seed ${seed}`).toBe(true);
          expect(followed, `seed ${seed}`).toEqual(hub.model.content(matches));
        }, { timeout: 20_000, interval: 5 });
        expect(copy.size).toBe(followed.size);
      }

      await copy.stop();
      await node.stop();
    }
  });

  async function act(random: Random, node: FakeHub): Promise<void> {
    const source = random.of(["", "", "east"]);
    const id = String(random.below(12));
    switch (random.below(20)) {
      case 0: hub.cut(); break;
      case 1: node.cut(); break;
      case 2: hub.goAway(random.below(10)); break;
      case 3: node.expireTokens(); break;
      case 4: if (random.below(3) === 0) hub.model.expire(); break;
      case 5: if (random.below(3) === 0) kept = hub.model.copy(); break;
      case 6: if (random.below(3) === 0 && kept !== undefined) hub.model.restore(kept); break;
      case 7: hub.cutAfter = random.of([undefined, 1 + random.below(8)]); break;
      case 8: node.cutAfter = random.of([undefined, 1 + random.below(8)]); break;
      case 9: hub.pieces = random.of([undefined, 1 + random.below(30)]); break;
      case 10: await new Promise((resolve) => setTimeout(resolve, random.below(4))); break; // Lets connections come about.
      case 11: case 12: hub.model.delete("instance", source, id); break;
      case 13: hub.model.delete("job", source, id); break;
      case 14: hub.model.put({ type: "job", source, id, payload: { id: Number(id), status: random.of(["queued", "completed"]) } }); break;
      default: hub.model.put(instance(id, random.of(["idle", "active", "error"]), source)); break;
    }

    if (random.below(3) === 0) hub.pump();
    if (random.below(3) === 0) node.pump();
  }

  let kept: ReturnType<FakeHub["model"]["copy"]> | undefined;
});
