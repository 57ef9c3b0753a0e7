import { UnreadableFrameError } from "./errors.js";
import type { components } from "./openapi.js";

type Schemas = components["schemas"];

/** The payloads of the entity types. The hub omits empty fields, so every field may be absent. */
export interface Payloads {
  repository: Schemas["Repository"];
  organization: Schemas["Organization"];
  enterprise: Schemas["Enterprise"];
  forge_instance: Schemas["ForgeInstance"];
  pool: Schemas["Pool"];
  user: Schemas["User"];
  instance: Schemas["Instance"];
  job: Schemas["Job"];
  controller: Schemas["Controller"];
  github_credentials: Schemas["Credentials"];
  gitea_credentials: Schemas["Credentials"];
  scaleset: Schemas["ScaleSet"];
  github_endpoint: Schemas["Endpoint"];
  template: Schemas["Template"];
  file_object: Schemas["FileObject"];
  proxy: Schemas["Proxy"];
}

/** The name of an entity type in filters and frames. */
export type EntityType = keyof Payloads;

/** An entity of one type. It is immutable: when the entity changes, a new object replaces it. */
export interface EntityOf<T extends EntityType> {
  readonly type: T;
  /** The name of its server; `""` is the hub itself. Two sources may have entities with the same id. */
  readonly source: string;
  /** Its id as text: a UUID, a number, or an endpoint's name. */
  readonly id: string;
  readonly payload: Payloads[T];
}

/** An entity; `type` determines the type of its payload. */
export type Entity<T extends EntityType = EntityType> = { [K in T]: EntityOf<K> }[T];

/**
 * The id in a payload, as text. Deletions of some types contain little else.
 * @throws {UnreadableFrameError} It has none.
 */
export function idOf(type: string, payload: unknown): string {
  if (typeof payload === "object" && payload !== null) {
    const fields = payload as Record<string, unknown>;
    const id = type === "github_endpoint" ? fields["name"] : type === "controller" ? fields["controller_id"] : fields["id"];
    if (typeof id === "string" && id !== "") return id;
    if (typeof id === "number") return String(id);
  }

  throw new UnreadableFrameError(`the payload of a ${type} has no id: ${JSON.stringify(payload)?.slice(0, 100)}`);
}

/** A key for maps. Only an endpoint's name, which comes last, may contain a line feed. */
export function keyOf(type: string, source: string, id: string): string {
  return `${type}\n${source}\n${id}`;
}
