import { type Entity, keyOf } from "./entities.js";
import type { CacheChange, EntityStore } from "./entity-store.js";
import { sameJson } from "./json.js";

/**
 * The unread changes of one reader: at most one per entity, from the state that the reader saw last to the current one. So a
 * slow reader takes no more memory than the entities themselves.
 */
export class ChangeQueue {
  readonly #pending = new Map<string, Entity | undefined>();
  #wake: (() => void) | undefined;

  /**
   * @param store The entities.
   * @param initial Whether existing entities come as `added`.
   */
  constructor(
    private readonly store: EntityStore,
    initial: boolean,
  ) {
    if (initial) for (const key of store.keys()) this.#pending.set(key, undefined);
  }

  /** Adds a change. */
  add(change: CacheChange): void {
    const { type, source, id } = change.entity;
    const key = keyOf(type, source, id);
    if (!this.#pending.has(key)) {
      this.#pending.set(key, change.kind === "added" ? undefined : change.kind === "changed" ? change.before : change.entity);
    }

    this.wake();
  }

  /** The next unread change; undefined when there is none. */
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

  /** Ends the reader's wait. */
  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
