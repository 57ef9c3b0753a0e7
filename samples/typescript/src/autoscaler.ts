// Keeps a copy of queued jobs, runners and pools, and prints how many runners each pool should have, as JSON lines.
// GARM_URL names one or more nodes (comma-separated); GARM_TOKEN, or GARM_USERNAME and GARM_PASSWORD.
import { type EntityOf, GarmCache, type TokenSource, passwordLogin } from "garm-hub-client";

interface Wanted {
  source: string;
  pool: string;
  queued: number;
  busy: number;
  wanted: number;
}

const owners = ["repo_id", "org_id", "enterprise_id", "forge_instance_id"] as const;
const urls = (process.env["GARM_URL"] ?? "http://127.0.0.1:9997").split(",");

function tokenSource(): TokenSource {
  const { GARM_TOKEN: token, GARM_USERNAME: username, GARM_PASSWORD: password } = process.env;
  if (token) return () => token;
  if (username && password) return passwordLogin(urls, username, password);
  return fail("set GARM_TOKEN, or GARM_USERNAME and GARM_PASSWORD");
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

for (const url of urls) if (!/^https?:\/\//.test(url)) fail(`GARM_URL: ${url} is not an http or https URL`);

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

const cache = new GarmCache({
  urls,
  token: tokenSource(),
  filters: [{ "entity-type": "job", match: { status: "queued" } }, { "entity-type": "instance" }, { "entity-type": "pool" }],
  signal: stop.signal,
});

// Busy runners by pool, so that a change costs no walk through all runners.
cache.index("busy", ({ type, source, payload }) =>
  type === "instance" && payload.runner_status === "active" && payload.pool_id !== undefined ? key(source, payload.pool_id) : undefined);
cache.on("disconnected", (cause) => console.error(`no connection: ${cause}`));

function key(source: string, pool: string): string {
  return `${source}/${pool}`;
}

/** Whether a pool may run a job: it is of the job's repository, organization or enterprise, and has all of its labels. */
function takes(pool: EntityOf<"pool">, job: EntityOf<"job">): boolean {
  const tags = new Set(pool.payload.tags?.map((tag) => tag.name?.toLowerCase()));
  return pool.payload.enabled === true
    && pool.source === job.source
    && owners.some((owner) => pool.payload[owner] !== undefined && pool.payload[owner] === job.payload[owner])
    && (job.payload.labels ?? []).every((label) => tags.has(label.toLowerCase()));
}

/** How many runners each pool should have: those at work, the idle ones it keeps, and one for each queued job that it gets. */
function wanted(): Wanted[] {
  const pools = cache.all("pool")
    .sort((a, b) => (b.payload.priority ?? 0) - (a.payload.priority ?? 0) || (a.id < b.id ? -1 : 1));
  const queued = new Map<EntityOf<"pool">, number>();
  for (const job of cache.all("job")) {
    const pool = pools.find((candidate) => takes(candidate, job));
    if (pool !== undefined) queued.set(pool, (queued.get(pool) ?? 0) + 1);
  }

  return pools.map((pool) => {
    const { max_runners: most = 0, min_idle_runners: idle = 0, enabled } = pool.payload;
    const busy = cache.byIndex("busy", key(pool.source, pool.id)).length;
    const jobs = queued.get(pool) ?? 0;
    return { source: pool.source, pool: pool.id, queued: jobs, busy, wanted: Math.min(busy + jobs + idle, enabled === true ? most : 0) };
  });
}

let printed = new Map<string, string>();

/** Prints the pools whose numbers are not what they were. */
function print(): void {
  const now = new Map(wanted().map((row) => [key(row.source, row.pool), JSON.stringify(row)]));
  for (const [pool, line] of now) if (printed.get(pool) !== line) console.log(line);
  printed = now;
}

// While the copy is behind, its numbers are of before: they are printed once it is synced again.
cache.on("synced", print);
cache.start();

// The reader gets what changed since it looked last, however much that is. It throws what ends the cache.
try {
  for await (const _ of cache.changes()) if (cache.synced) print();
} catch (error) {
  fail(error);
}
