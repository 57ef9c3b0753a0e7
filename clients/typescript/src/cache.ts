import { ChangeQueue } from "./change-queue.js";
import type { Entity, EntityOf, EntityType } from "./entities.js";
import type { IndexFunction } from "./entity-index.js";
import { type CacheChange, EntityStore } from "./entity-store.js";
import { type FeedItem, type FeedOptions, GarmFeed } from "./feed.js";
import type { CacheFilter, Selection } from "./filters.js";

/** What a cache contains, and how it reconnects. */
export interface CacheOptions extends Omit<FeedOptions, "filters" | "source" | "cursor" | "onExpired">, Selection<CacheFilter> {}

/** The events of a cache, and the arguments of its listeners. */
export interface CacheEvents {
  added: (entity: Entity) => void;
  changed: (entity: Entity, before: Entity) => void;
  removed: (entity: Entity) => void;
  /** The copy is complete and up to date. */
  synced: () => void;
  /** The connection was lost, or a new snapshot is being read; the copy has its last state. */
  behind: (cause: string) => void;
  /** A connection was lost, or none could be made; the cache tries again by itself. */
  disconnected: (cause: string) => void;
  /** The cache has ended: undefined when it was stopped, otherwise the error. */
  ended: (error: unknown) => void;
}

type Listeners = { [K in keyof CacheEvents]: Set<CacheEvents[K]> };

/**
 * A local copy of the entities that match a filter. It begins with a snapshot, follows the events, and reads another snapshot by itself
 * when it cannot resume: after lost nodes, retention or a restored database.
 *
 *     const cache = new GarmCache({ urls: [url], token, filters: [{ "entity-type": "pool" }] });
 *     cache.start();
 *     await cache.whenSynced();
 *
 * It ends by {@link stop}, by its signal, or by an error that a reconnect would not correct; see {@link GarmFeed}. Then {@link whenSynced},
 * {@link closed} and {@link changes} throw the error, and `ended` is emitted; when none of these is used, the error is thrown as an
 * uncaught one.
 */
export class GarmCache {
  readonly #options: CacheOptions;
  readonly #store = new EntityStore();
  readonly #stop = new AbortController();
  readonly #queues = new Set<ChangeQueue>();
  readonly #waiting = new Set<() => void>();
  readonly #listeners: Listeners = {
    added: new Set(), changed: new Set(), removed: new Set(), synced: new Set(), behind: new Set(), disconnected: new Set(), ended: new Set(),
  };
  readonly #feed: GarmFeed;
  #run: Promise<void> | undefined;
  #synced = false;
  #ended: { error: unknown } | undefined;
  #observed = false;

  constructor(options: CacheOptions) {
    if (options.filters?.some((filter) => "operations" in filter) === true) {
      throw new TypeError("a filter of a cache has no \"operations\": it would miss changes");
    }

    this.#options = options;
    // Throws now if the options are not valid.
    this.#feed = new GarmFeed({ ...options, cursor: "snapshot", onExpired: "snapshot", signal: this.#stop.signal });
  }

  /** Whether the copy is up to date, as far as heartbeats show. */
  get synced(): boolean {
    return this.#synced;
  }

  /** The cursor of the copy; `snapshot` while one is being read. */
  get cursor(): string {
    return this.#feed.cursor;
  }

  /** The number of entities. */
  get size(): number {
    return this.#store.size;
  }

  /** The entity with this id; `source` is the name of its server, or absent for the hub itself. */
  get<T extends EntityType>(type: T, id: string | number, source = ""): EntityOf<T> | undefined {
    return this.#store.get(type, id, source);
  }

  /** All entities of a type, of all sources. */
  all<T extends EntityType>(type: T): EntityOf<T>[] {
    return [...this.#store.all(type)];
  }

  /** Adds an index, for {@link byIndex}. An error that the function throws ends the cache. */
  index(name: string, keysOf: IndexFunction): this {
    this.#store.addIndex(name, keysOf);
    return this;
  }

  /** The entities with this key in an index. */
  byIndex(name: string, key: string | number): Entity[];
  /** Those of one type. */
  byIndex<T extends EntityType>(name: string, key: string | number, type: T): EntityOf<T>[];
  byIndex(name: string, key: string | number, type?: EntityType): Entity[] {
    const found = this.#store.byIndex(name, String(key));
    return type === undefined ? found : found.filter((entity) => entity.type === type);
  }

  /**
   * Adds a listener; returns a function that removes it. Listeners are called in the order of the log, after the copy has
   * changed, and never for an unchanged entity. An error that a listener throws is an uncaught error, and does not stop the cache.
   */
  on<K extends keyof CacheEvents>(event: K, listener: CacheEvents[K]): () => void {
    this.#listeners[event].add(listener);
    return () => void this.#listeners[event].delete(listener);
  }

  /** Starts the cache. */
  start(): this {
    this.#run ??= this.#follow();
    return this;
  }

  /** Stops it; the entities can still be read. */
  async stop(): Promise<void> {
    this.#stop.abort();
    if (this.#run !== undefined) await this.#run;
    else if (this.#ended === undefined) this.#end(undefined);
  }

  /** Resolves when the copy is up to date, at once if it is. */
  async whenSynced(): Promise<void> {
    while (!this.#synced) {
      if (this.#ended !== undefined) throw this.#ended.error ?? new Error("the cache was stopped");
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Resolves when the cache was stopped, and rejects with the error that ended it otherwise. */
  async closed(): Promise<void> {
    this.#observed = true;
    while (this.#ended === undefined) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    if (this.#ended.error !== undefined) throw this.#ended.error;
  }

  /**
   * Changes for one reader: at most one unread change per entity, so that a slow reader gets the difference to the state
   * that it saw last. Existing entities come first, as `added`, unless `initial` is false. Ends when the cache is stopped
   * or the signal is aborted.
   */
  async *changes(options: { initial?: boolean; signal?: AbortSignal } = {}): AsyncGenerator<CacheChange, void, void> {
    const queue = new ChangeQueue(this.#store, options.initial ?? true);
    const wake = (): void => queue.wake();
    options.signal?.addEventListener("abort", wake);
    this.#queues.add(queue);
    try {
      while (options.signal?.aborted !== true) {
        const change = queue.next();
        if (change !== undefined) yield change;
        else if (this.#ended === undefined) await queue.wait();
        else if (this.#ended.error === undefined) return;
        else throw this.#ended.error;
      }
    } finally {
      this.#queues.delete(queue);
      options.signal?.removeEventListener("abort", wake);
    }
  }

  async #follow(): Promise<void> {
    const { signal } = this.#options;
    const stop = (): void => this.#stop.abort();
    if (signal?.aborted === true) stop();
    signal?.addEventListener("abort", stop);
    try {
      for await (const item of this.#feed.items()) this.#take(item);
      this.#end(undefined);
    } catch (error) {
      this.#end(error);
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  #take(item: FeedItem): void {
    for (const change of this.#store.apply(item)) {
      for (const queue of this.#queues) queue.add(change);
      if (change.kind === "changed") this.#tell("changed", change.entity, change.before);
      else this.#tell(change.kind, change.entity);
    }

    if (item.kind === "caught-up") this.#becomeSynced();
    else if (item.kind === "snapshot-begin") this.#fallBehind(item.reason ?? "a snapshot is read");
    else if (item.kind === "disconnected") {
      this.#fallBehind(item.cause);
      this.#tell("disconnected", item.cause);
    }
  }

  #becomeSynced(): void {
    if (this.#synced) return;
    this.#synced = true;
    this.#tell("synced");
    this.#wakeWaiting();
  }

  #fallBehind(cause: string): void {
    const was = this.#synced;
    this.#synced = false;
    if (was) this.#tell("behind", cause);
  }

  #end(error: unknown): void {
    const isSeen = this.#observed || this.#waiting.size > 0 || this.#queues.size > 0 || this.#listeners.ended.size > 0;
    this.#synced = false;
    this.#ended = { error };
    this.#tell("ended", error);
    for (const queue of this.#queues) queue.wake();
    this.#wakeWaiting();
    if (error !== undefined && !isSeen) reportUncaught(error);
  }

  #wakeWaiting(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  #tell<K extends keyof CacheEvents>(event: K, ...args: Parameters<CacheEvents[K]>): void {
    for (const listener of [...this.#listeners[event]]) {
      try {
        (listener as (...args: Parameters<CacheEvents[K]>) => void)(...args);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }
}

/** Throws it as an uncaught error of the program. */
function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
