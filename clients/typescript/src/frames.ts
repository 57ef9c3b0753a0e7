import { type EntityType, type Payloads, idOf } from "./entities.js";
import { UnreadableFrameError } from "./errors.js";
import type { Operation } from "./filters.js";

interface ChangeOf<T extends EntityType> {
  readonly kind: "change";
  readonly type: T;
  /** `snapshot` is a row of a snapshot: the entity's current state. */
  readonly operation: Operation | "snapshot";
  /** The name of the entity's server; `""` is the hub itself. */
  readonly source: string;
  readonly id: string;
  readonly payload: Payloads[T];
  /** The entity matched the filter before this update, and no longer matches. */
  readonly left: boolean;
  /** The entity did not match the filter before this update, and now matches. */
  readonly entered: boolean;
  /** Everything up to here was sent. Rows of a snapshot have none. */
  readonly cursor?: string;
  /** RFC 3339. Rows of a snapshot have none. */
  readonly committedAt?: string;
}

/** An event, or a row of a snapshot; `type` determines the type of its payload. */
export type Change = { [T in EntityType]: ChangeOf<T> }[EntityType];

/** The control frames. */
export type Control =
  | { readonly kind: "snapshot-begin"; readonly reason?: string }
  | { readonly kind: "snapshot-end"; readonly cursor: string; readonly count: number }
  | { readonly kind: "caught-up"; readonly cursor: string }
  | { readonly kind: "heartbeat"; readonly cursor?: string }
  | { readonly kind: "token-expiring"; readonly expiresAt?: string }
  | { readonly kind: "going-away"; readonly cursor?: string; readonly retryAfterMs?: number }
  | { readonly kind: "error"; readonly code: string; readonly message: string; readonly cursor?: string; readonly earliest?: string }
  | { readonly kind: "other"; readonly control: string };

/** One line of the stream. */
export type Frame = Change | Control;

const operations: ReadonlySet<unknown> = new Set(["create", "update", "delete", "snapshot"]);

/**
 * Parses a line of the stream.
 * @throws {UnreadableFrameError} It is neither an event, nor a row, nor a control frame.
 */
export function parseFrame(line: string): Frame {
  const json = parseObject(line);
  const control = json["control"];
  if (control !== undefined) return controlFrame(String(control), json);

  const { "entity-type": type, operation, payload } = json;
  if (typeof type !== "string" || !operations.has(operation) || payload === undefined) {
    throw new UnreadableFrameError(`it is no event: ${quote(line)}`);
  }

  const cursor = text(json, "cursor");
  const committedAt = text(json, "committed-at");
  return {
    kind: "change",
    type,
    operation,
    source: text(json, "source") ?? "",
    id: idOf(type, payload),
    payload,
    left: json["left"] === true,
    entered: json["entered"] === true,
    ...(cursor === undefined ? {} : { cursor }),
    ...(committedAt === undefined ? {} : { committedAt }),
  } as Change;
}

function controlFrame(control: string, json: Record<string, unknown>): Control {
  const cursor = text(json, "cursor");
  const place = cursor === undefined ? {} : { cursor };
  switch (control) {
    case "snapshot-begin": {
      const reason = text(json, "reason");
      return { kind: "snapshot-begin", ...(reason === undefined ? {} : { reason }) };
    }
    case "snapshot-end": {
      const count = number(json, "count");
      if (cursor === undefined || count === undefined) throw new UnreadableFrameError("a snapshot-end without cursor or count");
      return { kind: "snapshot-end", cursor, count };
    }
    case "caught-up":
      if (cursor === undefined) throw new UnreadableFrameError("a caught-up without cursor");
      return { kind: "caught-up", cursor };
    case "heartbeat":
      return { kind: "heartbeat", ...place };
    case "token-expiring": {
      const expiresAt = text(json, "expires-at");
      return { kind: "token-expiring", ...(expiresAt === undefined ? {} : { expiresAt }) };
    }
    case "going-away": {
      const retryAfterMs = number(json, "retry-after-ms");
      return { kind: "going-away", ...place, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
    case "error": {
      const earliest = text(json, "earliest");
      return {
        kind: "error", code: text(json, "code") ?? "", message: text(json, "message") ?? "", ...place,
        ...(earliest === undefined ? {} : { earliest }),
      };
    }
    default:
      // A newer hub may send more kinds. `token-renewed` is ignored too: a stream's token is renewed by opening another connection.
      return { kind: "other", control };
  }
}

function parseObject(line: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw new UnreadableFrameError(`it is no JSON: ${quote(line)}`, { cause: error });
  }

  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new UnreadableFrameError(`it is not a JSON object: ${quote(line)}`);
  }

  return json as Record<string, unknown>;
}

function text(json: Record<string, unknown>, key: string): string | undefined {
  const value = json[key];
  return typeof value === "string" ? value : undefined;
}

function number(json: Record<string, unknown>, key: string): number | undefined {
  const value = json[key];
  return typeof value === "number" && value >= 0 ? value : undefined;
}

function quote(line: string): string {
  return line.length <= 100 ? line : `${line.slice(0, 100)}…`;
}
