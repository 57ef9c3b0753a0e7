import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type CacheFilter, type EntityType, GarmApi, GarmCache, type components } from "../src/index.js";
import { changes, count, quick, readUntil } from "./support/collect.js";
import { CuttingProxy } from "./support/cutting-proxy.js";
import { Fleet } from "./support/fleet.js";
import { HubProcess, adminLogin, dataFolder, hubProgram } from "./support/hub-process.js";
import { Random } from "./support/random.js";

type Schemas = components["schemas"];

const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const each of cleanUp.splice(0).reverse()) await each();
});

async function startHub(settings: Record<string, string> = {}, folder = newFolder(), urls?: string): Promise<HubProcess> {
  const hub = await HubProcess.start(folder, settings, urls);
  cleanUp.push(() => hub.kill());
  return hub;
}

function newFolder(): string {
  const folder = dataFolder();
  cleanUp.push(folder.remove);
  return folder.path;
}

async function startProxy(target: string): Promise<CuttingProxy> {
  const proxy = await CuttingProxy.start(target);
  cleanUp.push(() => proxy.stop());
  return proxy;
}

function openCache(filters: CacheFilter[] | undefined, ...urls: string[]): GarmCache {
  const cache = new GarmCache({ ...quick, urls, token: adminLogin(...urls), heartbeatSeconds: 1, ...(filters === undefined ? {} : { filters }) });
  cleanUp.push(() => cache.stop());
  return cache.start();
}

/** The fields that a list and an event have both. */
function shown(type: EntityType, payload: unknown): unknown {
  const { id, name, status, runner_status, pool_id, max_runners, min_idle_runners, enabled, workflow_job_id } = payload as Record<string, unknown>;
  return { type, id, name, status, runner_status, pool_id, max_runners, min_idle_runners, enabled, workflow_job_id };
}

const lists: [EntityType, string][] = [["pool", "/pools"], ["instance", "/instances"], ["job", "/jobs"], ["repository", "/repositories"]];

async function listed(api: GarmApi): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const [type, path] of lists) {
    for (const payload of await api.request<{ id: string }[]>("GET", path)) found.push(shown(type, payload));
  }

  return sorted(found);
}

function held(cache: GarmCache): unknown[] {
  return sorted(lists.flatMap(([type]) => cache.all(type).map((entity) => shown(type, entity.payload))));
}

function sorted(rows: unknown[]): unknown[] {
  return rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

async function untilEqual(cache: GarmCache, api: GarmApi): Promise<void> {
  const wanted = await listed(api);
  await vi.waitFor(() => {
    expect(cache.synced).toBe(true);
    expect(held(cache)).toEqual(wanted);
  }, { timeout: 30_000, interval: 20 });
}

if (hubProgram === undefined) console.warn("a real hub: skipped, because GARM_TEST_HOST does not name a Garm.Host.dll");

describe.skipIf(hubProgram === undefined)("a real hub", () => {
  test("gives events, a snapshot, and its pages, which agree", async () => {
    const hub = await startHub();
    const api = await hub.firstRun();
    const fleet = await Fleet.create(api, new Random(1));
    const name = await fleet.addInstance();
    await fleet.addJob(hub.url);
    const token = adminLogin(hub.url);

    const events = await readUntil({ urls: [hub.url], token, cursor: "earliest" }, (items) => count(items, "caught-up") === 1);
    const rows = await readUntil({ urls: [hub.url], token, cursor: "snapshot" }, (items) => count(items, "caught-up") === 1);
    const pages = [];
    for await (const page of api.snapshotPages({ limit: 2 })) pages.push(page);

    expect(changes(events)).toContain(`create pool ${fleet.pools[0]}`);
    const inPages = pages.flatMap((page) => page.entities.map((entity) => `snapshot ${entity.type} ${entity.id}`)).sort();
    expect(changes(rows).sort()).toEqual(inPages);
    expect(new Set(inPages).size).toBe(inPages.length);
    expect(inPages.some((row) => row.startsWith("snapshot instance"))).toBe(true);
    expect(new Set(pages.map((page) => page.cursor)).size).toBe(1);
    const end = rows.find((item) => item.kind === "snapshot-end");
    expect(end).toMatchObject({ cursor: pages[0]!.cursor, count: inPages.length });
    expect(name).toBeTruthy();
  });

  test("refuses a filter that can match nothing, and says what is accepted", async () => {
    const hub = await startHub();
    await hub.firstRun();
    const filters = [{ "entity-type": "pool", match: { enabledd: true } }] as unknown as CacheFilter[];
    await expect(openCache(filters, hub.url).whenSynced()).rejects.toMatchObject({
      name: "FilterRefusedError", message: expect.stringContaining("enabledd") as string,
    });
  });

  test("is what a cache has of it, through writers, cuts and a kill", async () => {
    const folder = newFolder();
    let hub = await startHub({}, folder);
    let api = await hub.firstRun();
    const proxy = await startProxy(hub.url);
    const random = new Random(Number(process.env["GARM_CLIENT_SEED"] ?? 3));
    const fleet = await Fleet.create(api, random);
    const cache = openCache(undefined, proxy.url);
    for (let round = 0; round < 5; round++) {
      const cutting = (async () => {
        for (let i = 0; i < 6; i++) {
          await vi.waitFor(() => expect(cache.synced).toBe(true), { timeout: 30_000, interval: 5 });
          proxy.cutAfter = random.of([undefined, 200 + random.below(20_000)]);
          proxy.cut();
        }

        proxy.cutAfter = undefined;
        proxy.cut();
      })();
      for (let i = 0; i < 60; i++) await fleet.write();
      await fleet.addJob(hub.url);
      if (round % 2 === 1) await fleet.endJob();
      await cutting;
      await untilEqual(cache, api);
      if (round === 2) {
        const { url } = hub;
        await hub.kill();
        hub = await startHub({}, folder, url);
        api = new GarmApi(hub.url, adminLogin(hub.url));
      }
    }
  }, 300_000);

  test("is what a filtered cache has of it: runners that leave are gone, disabled pools are found", async () => {
    const hub = await startHub();
    const api = await hub.firstRun();
    const random = new Random(4);
    const fleet = await Fleet.create(api, random);
    const cache = openCache([
      { "entity-type": "instance", match: { status: ["running", "creating"] } }, { "entity-type": "pool", match: { enabled: false } },
    ], hub.url);
    for (let i = 0; i < 150; i++) await fleet.write();
    const instances = (await api.request<Schemas["Instance"][]>("GET", "/instances")).filter((x) => ["running", "creating"].includes(x.status!));
    const pools = (await api.request<Schemas["Pool"][]>("GET", "/pools")).filter((x) => x.enabled !== true);
    await vi.waitFor(() => {
      expect(cache.all("instance").map((x) => x.id).sort()).toEqual(instances.map((x) => x.id).sort());
      expect(cache.all("pool").map((x) => x.id).sort()).toEqual(pools.map((x) => x.id).sort());
    }, { timeout: 30_000, interval: 20 });
  });

  test("is followed over tokens that end", async () => {
    const hub = await startHub({ "Garm:Jwt:TimeToLive": "00:00:08" });
    const api = await hub.firstRun();
    const fleet = await Fleet.create(api, new Random(5));
    const login = adminLogin(hub.url);
    const tokenEnds: number[] = [];
    const token = async (fresh: boolean): Promise<string> => {
      const jwt = await login(fresh);
      tokenEnds.push((JSON.parse(Buffer.from(jwt.split(".")[1]!, "base64url").toString()) as { exp: number }).exp);
      return jwt;
    };
    const cache = new GarmCache({ ...quick, urls: [hub.url], token, heartbeatSeconds: 1 });
    cleanUp.push(() => cache.stop());
    await cache.start().whenSynced();
    const behind = vi.fn();
    cache.on("behind", behind);
    // Two tokens have come to their end since.
    await vi.waitFor(() => expect(tokenEnds.at(-1)! - tokenEnds[0]!).toBeGreaterThanOrEqual(16), { timeout: 90_000, interval: 50 });
    const fresh = new GarmApi(hub.url, adminLogin(hub.url));
    await fresh.request("PUT", `/pools/${fleet.pools[0]}`, { max_runners: 7 });
    await untilEqual(cache, fresh);
    expect(behind).not.toHaveBeenCalled();
  });

  test("hands its readers over to another node when it stops", async () => {
    const folder = newFolder();
    const first = await startHub({}, folder);
    const api = await first.firstRun();
    const second = await startHub({}, folder);
    const fleet = await Fleet.create(api, new Random(6));
    const cache = openCache(undefined, first.url, second.url);
    await cache.whenSynced();
    const causes: string[] = [];
    cache.on("behind", (cause) => causes.push(cause));
    await first.stop();
    const other = new GarmApi(second.url, adminLogin(second.url));
    await other.request("PUT", `/pools/${fleet.pools[0]}`, { max_runners: 8 });
    await untilEqual(cache, other);
    expect(causes[0]).toBe("the node stops");
  });

  test("takes its readers back when an older copy of its database is restored", async () => {
    const folder = newFolder();
    let hub = await startHub({}, folder);
    let api = await hub.firstRun();
    const random = new Random(7);
    const fleet = await Fleet.create(api, random);
    const { url } = hub;
    await hub.stop();
    cpSync(join(folder, "data"), join(folder, "older"), { recursive: true });
    hub = await startHub({}, folder, url);
    const cache = openCache(undefined, url);
    api = new GarmApi(url, adminLogin(url));
    const later = await Fleet.create(api, random);
    for (let i = 0; i < 20; i++) await later.write();
    await untilEqual(cache, api);
    const removed = vi.fn();
    cache.on("removed", removed);
    await hub.stop();
    rmSync(join(folder, "data"), { recursive: true });
    cpSync(join(folder, "older"), join(folder, "data"), { recursive: true });
    hub = await startHub({}, folder, url);
    api = new GarmApi(url, adminLogin(url));
    await untilEqual(cache, api);
    expect(removed).toHaveBeenCalledWith(expect.objectContaining({ type: "repository", id: later.repository }));
    expect(cache.get("repository", fleet.repository)).toBeDefined();
  }, 300_000);
});
