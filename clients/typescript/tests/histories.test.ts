import fc from "fast-check";
import { expect, test } from "vitest";
import { ChangeQueue } from "../src/change-queue.js";
import type { Entity } from "../src/entities.js";
import { keyOf } from "../src/entities.js";
import { type CacheChange, EntityStore } from "../src/entity-store.js";
import { FeedPlace } from "../src/feed-place.js";
import { parseFrame } from "../src/frames.js";
import { sameJson } from "../src/json.js";
import { HubModel, type Matcher, type ModelSession } from "./support/hub-model.js";

// Random histories, without time and network: a model of the hub, the state machine of the feed, and the cache's store.
// GARM_CLIENT_RUNS and GARM_CLIENT_SEED choose how many and which.
const runs = Number(process.env["GARM_CLIENT_RUNS"] ?? 500);
const seed = Number(process.env["GARM_CLIENT_SEED"] ?? 15);

type Step =
  | { do: "put"; id: number; value: string; source: number; type: number }
  | { do: "delete"; id: number; source: number; type: number }
  | { do: "read"; frames: number }
  | { do: "observe"; changes: number }
  | { do: "cut" } | { do: "expire" } | { do: "keep" } | { do: "restore" } | { do: "forget" } | { do: "quiet" };

const types = ["instance", "job", "github_endpoint"];
const sources = ["", "east"];

const put = fc.record({
  do: fc.constant("put" as const), id: fc.nat(4), value: fc.constantFrom("queued", "running", "idle"), source: fc.nat(1), type: fc.nat(2),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: put as fc.Arbitrary<Step> },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), id: fc.nat(4), source: fc.nat(1), type: fc.nat(2) }) as fc.Arbitrary<Step> },
    { weight: 6, arbitrary: fc.record({ do: fc.constant("read" as const), frames: fc.integer({ min: 1, max: 4 }) }) as fc.Arbitrary<Step> },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("observe" as const), changes: fc.integer({ min: 1, max: 5 }) }) as fc.Arbitrary<Step> },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "cut" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "expire" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "keep" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "restore" }) },
    { weight: 3, arbitrary: fc.constant<Step>({ do: "forget" }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "quiet" }) },
  ),
  { minLength: 1, maxLength: 120, size: "max" },
);

const filters: Record<string, Matcher> = {
  everything: () => true,
  "a field": (_type, _source, payload) => payload["status"] !== "idle",
  "a source and a type": (type, source) => source === "east" && type !== "job",
};

/** A consumer of the model: what happens between a hub and a cache, one frame after the other. */
class Consumer {
  readonly hub = new HubModel();
  readonly store = new EntityStore();
  readonly place = new FeedPlace("snapshot", true);
  readonly queue: ChangeQueue;
  /** What somebody has who applies each change. */
  readonly followed = new Map<string, Entity>();
  /** What somebody has who reads changes now and then. */
  readonly observed = new Map<string, Entity>();
  session: ModelSession | undefined;
  kept: ReturnType<HubModel["copy"]> | undefined;

  constructor(readonly matches: Matcher) {
    this.store.addIndex("status", (entity) => [(entity.payload as { status?: string }).status ?? "none", entity.source]);
    this.queue = new ChangeQueue(this.store, true);
  }

  do(step: Step): void {
    switch (step.do) {
      case "put": {
        const [type, source, id] = [types[step.type]!, sources[step.source]!, String(step.id)];
        const key = type === "github_endpoint" ? { name: id } : { id: type === "job" ? step.id : id };
        this.hub.put({ type, source, id, payload: { ...key, status: step.value } });
        break;
      }
      case "delete":
        this.hub.delete(types[step.type]!, sources[step.source]!, String(step.id));
        break;
      case "read":
        for (let i = 0; i < step.frames && this.read(); i++);
        break;
      case "observe":
        for (let i = 0; i < step.changes && this.observe(); i++);
        break;
      case "cut":
        this.session = undefined;
        break;
      case "expire":
        // Retention never passes a snapshot that is being sent, nor what follows it before it was sent.
        if (this.session === undefined || !this.session.inSnapshot) this.hub.expire();
        break;
      case "keep":
        this.kept = this.hub.copy();
        break;
      case "restore":
        if (this.kept !== undefined) this.hub.restore(this.kept);
        break;
      case "forget":
        // No cursor is known any more, and nothing else has changed.
        this.session = undefined;
        this.hub.epoch++;
        break;
      case "quiet":
        this.comeToRest();
        break;
    }
  }

  /** Takes one frame; false when there is none now. */
  read(): boolean {
    if (this.session === undefined) {
      this.session = this.hub.open({ matches: this.matches, cursor: this.place.cursor, onExpired: "snapshot" });
      this.place.connected();
    }

    const frame = this.session.next();
    if (frame === undefined) return false;
    const step = this.place.take(parseFrame(JSON.stringify(frame)));
    expect(step.end).toBeUndefined();
    if (step.comeBack !== undefined) this.session = undefined;
    if (step.item !== undefined) {
      for (const change of this.store.apply(step.item)) {
        // What no event tells of is removed once everything was sent, and so only what is not there.
        if (change.kind === "removed" && step.item.kind !== "change") {
          expect([...this.hub.content(this.matches).keys()]).not.toContain(keyOfEntity(change.entity));
        }

        follow(this.followed, change);
        this.queue.add(change);
      }
    }

    return true;
  }

  observe(): boolean {
    const change = this.queue.next();
    if (change === undefined) return false;
    follow(this.observed, change);
    return true;
  }

  /** Nothing is written any more, and everything is read: then the copy is what the hub has. */
  comeToRest(): void {
    while (this.read());
    while (this.observe());
    const wanted = this.hub.content(this.matches);
    const there = new Map([...this.store.keys()].map((key) => [key, this.store.find(key)!]));
    expect(payloads(there)).toEqual(wanted);
    expect(payloads(this.followed)).toEqual(wanted);
    expect(payloads(this.observed)).toEqual(wanted);
    for (const status of ["queued", "running", "idle", "", "east"]) {
      const indexed = this.store.byIndex("status", status).map(keyOfEntity).sort();
      const listed = [...there.values()].filter((entity) =>
        entity.source === status || (entity.payload as { status?: string }).status === status);
      expect(indexed).toEqual(listed.map(keyOfEntity).sort());
    }
  }
}

function keyOfEntity(entity: Entity): string {
  return keyOf(entity.type, entity.source, entity.id);
}

function payloads(entities: Map<string, Entity>): Map<string, unknown> {
  return new Map([...entities].map(([key, entity]) => [key, entity.payload]));
}

/** Applies a change, and insists that it is one. */
function follow(entities: Map<string, Entity>, change: CacheChange): void {
  const key = keyOfEntity(change.entity);
  const had = entities.get(key);
  if (change.kind === "added") expect(had).toBeUndefined();
  else expect(had).toBeDefined();
  if (change.kind === "changed") {
    expect(sameJson(had!.payload, change.entity.payload)).toBe(false);
    expect(change.before).toEqual(had);
  }

  if (change.kind === "removed") entities.delete(key);
  else entities.set(key, change.entity);
}

for (const [name, matches] of Object.entries(filters)) {
  test(`a copy of ${name} is what the hub has, at each quiet point of any history`, () => {
    fc.assert(
      fc.property(steps, (history) => {
        const consumer = new Consumer(matches);
        for (const step of history) consumer.do(step);
        consumer.comeToRest();
      }),
      { numRuns: runs, seed },
    );
  });
}

test("a snapshot of what is there already changes nothing", () => {
  fc.assert(
    fc.property(steps, (history) => {
      const consumer = new Consumer(() => true);
      for (const step of history) consumer.do(step);
      consumer.comeToRest();
      consumer.session = undefined;
      consumer.hub.expire();
      consumer.hub.epoch++;
      const before = [...consumer.store.keys()].map((key) => consumer.store.find(key));
      consumer.read();
      while (consumer.read()) expect(consumer.queue.next()).toBeUndefined();
      expect([...consumer.store.keys()].map((key) => consumer.store.find(key))).toEqual(before);
    }),
    { numRuns: runs, seed },
  );
});
