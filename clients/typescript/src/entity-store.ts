import { type Entity, type EntityType, type EntityOf, keyOf } from "./entities.js";
import type { FeedItem } from "./feed.js";
import type { Change } from "./frames.js";
import { type IndexFunction, EntityIndex } from "./entity-index.js";
import { sameJson } from "./json.js";

/** A change of an entity in a cache. */
export type CacheChange =
  | { readonly kind: "added"; readonly entity: Entity }
  | { readonly kind: "changed"; readonly entity: Entity; readonly before: Entity }
  | { readonly kind: "removed"; readonly entity: Entity };

/**
 * The entities that match a filter, updated by the items of a feed: one object per entity, without history. Pure: no time, no
 * network, no callbacks.
 */
export class EntityStore {
  readonly #types = new Map<string, Map<string, Entity>>();
  readonly #indexes = new Map<string, EntityIndex>();

  /**
   * The entities that neither a row nor an event has confirmed yet, while a snapshot is read. The row of an entity that changed during
   * the snapshot may be missing; the entity then comes as an event before the hub sends `caught-up`.
   */
  #unconfirmed: Set<string> | undefined;

  /** The number of entities. */
  get size(): number {
    let size = 0;
    for (const entities of this.#types.values()) size += entities.size;
    return size;
  }

  /** Applies an item, and returns the changes. */
  apply(item: FeedItem): CacheChange[] {
    switch (item.kind) {
      case "snapshot-begin":
        this.#unconfirmed = new Set(this.keys());
        return [];
      case "change": {
        this.#unconfirmed?.delete(keyOf(item.type, item.source, item.id));
        const change = item.operation === "delete" || item.left
          ? this.#remove(item.type, item.source, item.id)
          : this.#put(item);
        return change === undefined ? [] : [change];
      }
      case "caught-up": {
        const gone = [...(this.#unconfirmed ?? [])].map((key) => this.find(key)!);
        this.#unconfirmed = undefined;
        return gone.map((entity) => this.#remove(entity.type, entity.source, entity.id)!);
      }
      default:
        return [];
    }
  }

  get<T extends EntityType>(type: T, id: string | number, source: string): EntityOf<T> | undefined {
    return this.#types.get(type)?.get(keyOf(type, source, String(id))) as EntityOf<T> | undefined;
  }

  /** By {@link keyOf}. */
  find(key: string): Entity | undefined {
    return this.#types.get(key.slice(0, key.indexOf("\n")))?.get(key);
  }

  *all<T extends EntityType>(type: T): IterableIterator<EntityOf<T>> {
    yield* (this.#types.get(type)?.values() ?? []) as Iterable<EntityOf<T>>;
  }

  *keys(): IterableIterator<string> {
    for (const entities of this.#types.values()) yield* entities.keys();
  }

  addIndex(name: string, keysOf: IndexFunction): void {
    if (this.#indexes.has(name)) throw new TypeError(`there is an index "${name}" already`);
    const index = new EntityIndex(keysOf);
    for (const key of this.keys()) {
      const entity = this.find(key)!;
      index.add(entity, index.keysFor(entity));
    }

    this.#indexes.set(name, index);
  }

  byIndex(name: string, key: string): Entity[] {
    const index = this.#indexes.get(name);
    if (index === undefined) throw new TypeError(`there is no index "${name}"`);
    return index.find(key);
  }

  #put(change: Change): CacheChange | undefined {
    let entities = this.#types.get(change.type);
    if (entities === undefined) this.#types.set(change.type, (entities = new Map<string, Entity>()));
    const key = keyOf(change.type, change.source, change.id);
    const before = entities.get(key);
    if (before !== undefined && sameJson(before.payload, change.payload)) return undefined;

    const entity = { type: change.type, source: change.source, id: change.id, payload: change.payload } as Entity;
    // The functions are the user's: if one throws, nothing has changed yet.
    const indexed = [...this.#indexes.values()].map((index) => [index, index.keysFor(entity)] as const);
    entities.set(key, entity);
    for (const [index, keys] of indexed) {
      if (before !== undefined) index.remove(before);
      index.add(entity, keys);
    }

    return before === undefined ? { kind: "added", entity } : { kind: "changed", entity, before };
  }

  #remove(type: string, source: string, id: string): CacheChange | undefined {
    const entities = this.#types.get(type);
    const key = keyOf(type, source, id);
    const entity = entities?.get(key);
    if (entities === undefined || entity === undefined) return undefined;
    entities.delete(key);
    for (const index of this.#indexes.values()) index.remove(entity);
    return { kind: "removed", entity };
  }
}
