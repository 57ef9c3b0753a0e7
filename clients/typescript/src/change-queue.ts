import { type Entity, keyOf } from "./entities.js";
import type { CacheChange, EntityStore } from "./entity-store.js";
import { sameJson } from "./json.js";

/**
 * The changes that one reader has still to see: at most one an entity, from what the reader saw last to what is there now. So a
 * reader that is slow costs no more memory than what the entities themselves do.
 */
export class ChangeQueue {
  readonly #pending = new Map<string, Entity | undefined>();
  #wake: (() => void) | undefined;

  /**
   * @param store Where the entities are.
   * @param initial Whether what is there already comes as `added`.
   */
  constructor(
    private readonly store: EntityStore,
    initial: boolean,
  ) {
    if (initial) for (const key of store.keys()) this.#pending.set(key, undefined);
  }

  /** A change took place. */
  add(change: CacheChange): void {
    const { type, source, id } = change.entity;
    const key = keyOf(type, source, id);
    if (!this.#pending.has(key)) {
      this.#pending.set(key, change.kind === "added" ? undefined : change.kind === "changed" ? change.before : change.entity);
    }

    this.wake();
  }

  /** What the reader has to see next; undefined when there is nothing. */
  next(): CacheChange | undefined {
    for (const [key, before] of this.#pending) {
      this.#pending.delete(key);
      const entity = this.store.find(key);
      if (before === undefined && entity !== undefined) return { kind: "added", entity };
      if (before !== undefined && entity === undefined) return { kind: "removed", entity: before };
      if (before !== undefined && entity !== undefined && !sameJson(before.payload, entity.payload)) {
        return { kind: "changed", entity, before };
      }
    }

    return undefined;
  }

  /** Resolves at the next change or {@link wake}. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Lets the reader look again. */
  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
