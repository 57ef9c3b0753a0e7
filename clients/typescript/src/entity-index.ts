import type { Entity } from "./entities.js";

/** Returns the key or keys of an entity; undefined for none. It must depend only on the entity. */
export type IndexFunction = (entity: Entity) => string | number | readonly (string | number)[] | undefined;

/** Finds entities by keys of the user's function. */
export class EntityIndex {
  readonly #byKey = new Map<string, Set<Entity>>();
  readonly #keys = new Map<Entity, readonly string[]>();

  constructor(private readonly keysOf: IndexFunction) {}

  /** The keys that the user's function returns; rethrows its errors. */
  keysFor(entity: Entity): readonly string[] {
    const keys = this.keysOf(entity);
    if (keys === undefined) return [];
    return typeof keys === "object" ? [...new Set(keys.map(String))] : [String(keys)];
  }

  add(entity: Entity, keys: readonly string[]): void {
    if (keys.length === 0) return;
    this.#keys.set(entity, keys);
    for (const key of keys) {
      const found = this.#byKey.get(key);
      if (found === undefined) this.#byKey.set(key, new Set([entity]));
      else found.add(entity);
    }
  }

  remove(entity: Entity): void {
    for (const key of this.#keys.get(entity) ?? []) {
      const found = this.#byKey.get(key);
      found?.delete(entity);
      if (found?.size === 0) this.#byKey.delete(key);
    }

    this.#keys.delete(entity);
  }

  find(key: string): Entity[] {
    return [...(this.#byKey.get(key) ?? [])];
  }
}
