export { GarmApi, passwordLogin, type SnapshotOptions, type SnapshotPage, type TokenSource } from "./api.js";
export { GarmCache, type CacheEvents, type CacheOptions } from "./cache.js";
export { idOf, type Entity, type EntityOf, type EntityType, type Payloads } from "./entities.js";
export type { IndexFunction } from "./entity-index.js";
export type { CacheChange } from "./entity-store.js";
export {
  CursorRefusedError, FilterRefusedError, GarmApiError, GarmError, GarmUnreachableError, UnreadableFrameError,
} from "./errors.js";
export { GarmFeed, type FeedItem, type FeedOptions } from "./feed.js";
export type { HubItem } from "./feed-place.js";
export type { CacheFilter, EventFilter, Match, Operation, Selection } from "./filters.js";
export type { Change } from "./frames.js";
export type { components, operations, paths } from "./openapi.js";
