import type { EntityType, Payloads } from "./entities.js";

type Scalar = string | number | boolean;

type ScalarFields<P> = { [K in keyof P]-?: NonNullable<P[K]> extends Scalar ? K : never }[keyof P];

/** Values that fields must have: one, or any of a list. A field that is absent in the JSON has its type's empty value. */
export type Match<P> = { [K in ScalarFields<P>]?: NonNullable<P[K]> | null | readonly (NonNullable<P[K]> | null)[] };

/** The kinds of changes of an entity. */
export type Operation = "create" | "update" | "delete";

interface CacheFilterOf<T extends EntityType> {
  "entity-type": T;
  match?: Match<Payloads[T]>;
  /** The name of a source, or several; `""` is the hub itself. All sources when absent. */
  source?: string | readonly string[];
}

/** The entities of a cache. */
export type CacheFilter = { [T in EntityType]: CacheFilterOf<T> }[EntityType];

/** The events of a feed; without `operations` all three. */
export type EventFilter = CacheFilter & { operations?: readonly Operation[] };

/** A selection: some entities, or everything, which `source` may limit. */
export interface Selection<F> {
  /** Entities that match any of these. Everything when absent. */
  filters?: readonly F[];
  /** Only without filters: the name of a source, or several. */
  source?: string | readonly string[];
}

/**
 * The filter message for the hub.
 * @throws {TypeError} It selects nothing, or contradicts itself.
 */
export function filterMessage(selection: Selection<EventFilter>): string {
  const { filters, source } = selection;
  if (filters === undefined) {
    return JSON.stringify(source === undefined ? { "send-everything": true } : { "send-everything": true, source });
  }

  if (filters.length === 0) throw new TypeError("\"filters\" is empty and would match nothing; leave it out to get everything");
  if (source !== undefined) throw new TypeError("\"source\" cannot be combined with \"filters\"; put it into each filter");
  return JSON.stringify({ filters });
}
