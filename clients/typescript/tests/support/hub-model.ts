import { keyOf } from "../../src/entities.js";

/** An entity of the model. */
export interface ModelEntity {
  type: string;
  source: string;
  id: string;
  payload: Record<string, unknown>;
}

interface State extends ModelEntity {
  position: number;
}

interface Event extends ModelEntity {
  position: number;
  operation: "create" | "update" | "delete";
  before: Record<string, unknown> | undefined;
}

/** Whether a filter describes an entity in this state. */
export type Matcher = (type: string, source: string, payload: Record<string, unknown>) => boolean;

/** What a session asks for. */
export interface Ask {
  matches: Matcher;
  cursor: string;
  onExpired?: string | undefined;
}

const page = 3;

/**
 * The hub's protocol (filters, log, retention, epochs, snapshots) without time and network: a log, and one state an entity.
 * Cursors are `<epoch>-<position>`.
 */
export class HubModel {
  states = new Map<string, State>();
  log: Event[] = [];
  head = 0;
  /** Events up to here are gone. */
  floor = 0;
  epoch = 1;

  /** Creates or changes an entity. */
  put(entity: ModelEntity): void {
    const key = keyOf(entity.type, entity.source, entity.id);
    const before = this.states.get(key)?.payload;
    const position = ++this.head;
    this.states.set(key, { ...entity, position });
    this.log.push({ ...entity, position, operation: before === undefined ? "create" : "update", before });
  }

  /** Deletes an entity, if there is one; its event carries its id alone. */
  delete(type: string, source: string, id: string): void {
    const key = keyOf(type, source, id);
    const state = this.states.get(key);
    if (state === undefined) return;
    this.states.delete(key);
    const idField = type === "github_endpoint" ? "name" : "id";
    const payload = { [idField]: state.payload[idField] };
    this.log.push({ type, source, id, payload, position: ++this.head, operation: "delete", before: state.payload });
  }

  /** Forgets all events. */
  expire(): void {
    this.floor = this.head;
    this.log = [];
  }

  /** What {@link restore} takes. */
  copy(): { states: Map<string, State>; head: number } {
    return { states: new Map(this.states), head: this.head };
  }

  /** An older copy takes the database's place: its events are gone, and cursors of before are unknown. */
  restore(copy: { states: Map<string, State>; head: number }): void {
    this.states = new Map(copy.states);
    this.head = copy.head;
    this.floor = copy.head;
    this.log = [];
    this.epoch++;
  }

  /** The cursor of a place. */
  cursorOf(position: number): string {
    return `${this.epoch}-${position}`;
  }

  /** What is there now. */
  content(matches: Matcher): Map<string, Record<string, unknown>> {
    const found = [...this.states].filter(([, state]) => matches(state.type, state.source, state.payload));
    return new Map(found.map(([key, state]) => [key, state.payload]));
  }

  /** Begins a session. */
  open(ask: Ask): ModelSession {
    return new ModelSession(this, ask);
  }
}

/** One connection. It is read frame by frame, and writes may take place in between. */
export class ModelSession {
  readonly #hub: HubModel;
  readonly #ask: Ask;
  #epoch: number;
  #position = 0;
  #caughtUp = false;
  #snapshot: SnapshotPlace | undefined;
  #queue: object[] = [];

  constructor(hub: HubModel, ask: Ask) {
    this.#hub = hub;
    this.#ask = ask;
    this.#epoch = hub.epoch;
    this.#begin(ask.cursor);
  }

  /** Whether a snapshot is being sent. */
  get inSnapshot(): boolean {
    return this.#snapshot !== undefined;
  }

  /** Everything up to here was sent; undefined where that is no place to go on from. */
  get cursor(): string | undefined {
    const isPlace = this.#snapshot === undefined && this.#epoch === this.#hub.epoch && Number.isFinite(this.#position);
    return isPlace ? this.#hub.cursorOf(this.#position) : undefined;
  }

  /** The next frame; undefined when there is none now. After an error frame about the cursor there is none any more. */
  next(): object | undefined {
    const queued = this.#queue.shift();
    if (queued !== undefined) return queued;
    if (this.#hub.epoch !== this.#epoch) {
      this.#epoch = this.#hub.epoch;
      this.#refuse("cursor-unknown", "another copy of the database");
      return this.#queue.shift();
    }

    return this.#snapshot === undefined ? this.#nextEvent() : this.#nextRow(this.#snapshot);
  }

  #begin(cursor: string): void {
    const hub = this.#hub;
    if (cursor === "snapshot") return this.#beginSnapshot(undefined);
    if (cursor === "now" || cursor === "earliest") {
      this.#position = cursor === "now" ? hub.head : hub.floor;
      return;
    }

    const [epoch, position] = cursor.split("-").map(Number);
    if (epoch !== hub.epoch || position === undefined || !(position <= hub.head)) return this.#refuse("cursor-unknown", "no such cursor");
    if (position < hub.floor) return this.#refuse("cursor-expired", "too old");
    this.#position = position;
  }

  #refuse(code: string, message: string): void {
    if (this.#ask.onExpired === "snapshot") return this.#beginSnapshot(code);
    this.#position = Number.POSITIVE_INFINITY;
    this.#queue.push({ control: "error", code, message });
  }

  #beginSnapshot(reason: string | undefined): void {
    this.#snapshot = { after: "", head: this.#hub.head, count: 0, page: [] };
    this.#caughtUp = false;
    this.#queue.push({ control: "snapshot-begin", ...(reason === undefined ? {} : { reason }) });
  }

  /** Rows come in pages by key, read one after the other from what is there at that moment. */
  #nextRow(snapshot: SnapshotPlace): object {
    while (true) {
      const row = snapshot.page.shift();
      if (row !== undefined) {
        // What is newer comes as an event.
        if (row.position > snapshot.head || !this.#ask.matches(row.type, row.source, row.payload)) continue;
        snapshot.count++;
        return { "entity-type": row.type, operation: "snapshot", ...sourceOf(row), payload: row.payload };
      }

      const keys = [...this.#hub.states.keys()].filter((key) => key > snapshot.after).sort().slice(0, page);
      if (keys.length === 0) {
        this.#snapshot = undefined;
        this.#position = snapshot.head;
        return { control: "snapshot-end", cursor: this.#hub.cursorOf(snapshot.head), count: snapshot.count };
      }

      snapshot.after = keys.at(-1)!;
      snapshot.page = keys.map((key) => this.#hub.states.get(key)!);
    }
  }

  #nextEvent(): object | undefined {
    const hub = this.#hub;
    while (this.#position < hub.head) {
      if (this.#position < hub.floor) {
        this.#refuse("cursor-expired", "overtaken");
        return this.#queue.shift();
      }

      const event = hub.log[this.#position++ - hub.floor]!;
      const was = event.before !== undefined && this.#ask.matches(event.type, event.source, event.before);
      const is = event.operation !== "delete" && this.#ask.matches(event.type, event.source, event.payload);
      if (!was && !is) continue;
      return {
        "entity-type": event.type,
        operation: event.operation,
        ...sourceOf(event),
        ...(event.operation === "update" && was && !is ? { left: true } : {}),
        ...(event.operation === "update" && !was && is ? { entered: true } : {}),
        payload: event.payload,
        cursor: hub.cursorOf(event.position),
        "committed-at": "2026-01-01T00:00:00.000000Z",
      };
    }

    if (this.#caughtUp || this.#position !== hub.head) return undefined;
    this.#caughtUp = true;
    return { control: "caught-up", cursor: hub.cursorOf(hub.head) };
  }
}

function sourceOf(entity: ModelEntity): { source?: string } {
  return entity.source === "" ? {} : { source: entity.source };
}

interface SnapshotPlace {
  after: string;
  head: number;
  count: number;
  page: State[];
}
