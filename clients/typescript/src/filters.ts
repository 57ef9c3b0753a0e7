import type { EntityType, Payloads } from "./entities.js";

type Scalar = string | number | boolean;

type ScalarFields<P> = { [K in keyof P]-?: NonNullable<P[K]> extends Scalar ? K : never }[keyof P];

/** Values that fields must have: one, or any of a list. A field that is left out of the JSON has its type's empty value. */
export type Match<P> = { [K in ScalarFields<P>]?: NonNullable<P[K]> | null | readonly (NonNullable<P[K]> | null)[] };

/** What happened to an entity. */
export type Operation = "create" | "update" | "delete";

interface CacheFilterOf<T extends EntityType> {
  "entity-type": T;
  match?: Match<Payloads[T]>;
  /** The name of a source, or several; `""` is the hub itself. All sources when absent. */
  source?: string | readonly string[];
}

/** Which entities a cache holds. */
export type CacheFilter = { [T in EntityType]: CacheFilterOf<T> }[EntityType];

/** Which events a feed gets; without `operations` all three. */
export type EventFilter = CacheFilter & { operations?: readonly Operation[] };

/** What is asked for: some entities, or everything, which `source` may limit. */
export interface Selection<F> {
  /** An entity that any of them describes. Everything when absent. */
  filters?: readonly F[];
  /** Beside no filters: the name of a source, or several. */
  source?: string | readonly string[];
}

/**
 * The message that the hub takes as a filter.
 * @throws {TypeError} It asks for nothing, or for two things.
 */
export function filterMessage(selection: Selection<EventFilter>): string {
  const { filters, source } = selection;
  if (filters === undefined) {
    return JSON.stringify(source === undefined ? { "send-everything": true } : { "send-everything": true, source });
  }

  if (filters.length === 0) throw new TypeError("\"filters\" is empty and would match nothing; leave it out to get everything");
  if (source !== undefined) throw new TypeError("\"source\" beside \"filters\" means nothing; put it into each filter");
  return JSON.stringify({ filters });
}
