import { describe, expect, test } from "vitest";
import { idOf } from "../src/entities.js";
import { CursorRefusedError, FilterRefusedError, UnreadableFrameError } from "../src/errors.js";
import { FeedPlace } from "../src/feed-place.js";
import { filterMessage } from "../src/filters.js";
import { parseFrame } from "../src/frames.js";
import { sameJson } from "../src/json.js";
import { LineReader } from "../src/lines.js";
import { Pauses } from "../src/pauses.js";

const event = (cursor: string | undefined, more: object = {}): string =>
  JSON.stringify({ "entity-type": "pool", operation: "update", payload: { id: "p" }, cursor, ...more });
const row = '{"entity-type":"pool","operation":"snapshot","payload":{"id":"p"}}';

describe("a frame", () => {
  test("of an event has its id, its source, and what it means for the filter", () => {
    expect(parseFrame(event("c", { source: "east", left: true, "committed-at": "2026-01-01T00:00:00Z" }))).toEqual({
      kind: "change", type: "pool", operation: "update", source: "east", id: "p", payload: { id: "p" }, left: true, entered: false,
      cursor: "c", committedAt: "2026-01-01T00:00:00Z",
    });
  });

  test.each([
    ["github_endpoint", { name: "github.com", id: "other" }, "github.com"],
    ["controller", { controller_id: "c" }, "c"],
    ["job", { id: 7 }, "7"],
    ["file_object", { id: 0 }, "0"],
    ["a_new_type", { id: "x" }, "x"],
  ])("of a %s has the id that its type has", (type, payload, id) => {
    expect(idOf(type, payload)).toBe(id);
  });

  test.each([
    "", "null", "[]", "word", "{}", '{"entity-type":"pool","operation":"rename","payload":{"id":"p"}}',
    '{"entity-type":"pool","operation":"delete"}', '{"entity-type":"pool","operation":"delete","payload":{}}',
    '{"entity-type":"pool","operation":"delete","payload":null}', '{"control":"snapshot-end","cursor":"c"}', '{"control":"caught-up"}',
  ])("that cannot be read is not passed over: %s", (line) => {
    expect(() => parseFrame(line)).toThrow(UnreadableFrameError);
  });

  test("of a control that a newer hub may have is passed over", () => {
    expect(parseFrame('{"control":"news","x":1}')).toEqual({ kind: "other", control: "news" });
  });
});

describe("a place", () => {
  const at = (cursor: string, snapshot = false): FeedPlace => new FeedPlace(cursor, snapshot);
  const take = (place: FeedPlace, ...lines: string[]) => lines.map((line) => place.take(parseFrame(line)));

  test("moves with events, heartbeats, and what the hub says at the end", () => {
    const place = at("now");
    const seen = [event("1"), '{"control":"caught-up","cursor":"2"}', '{"control":"heartbeat","cursor":"3"}',
      '{"control":"going-away","cursor":"4","retry-after-ms":5}', '{"control":"error","code":"slow-consumer","message":"","cursor":"5"}',
    ].map((line) => {
      take(place, line);
      return place.cursor;
    });
    expect(seen).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("stays at the beginning while a snapshot is sent, whatever names a cursor", () => {
    const place = at("old", true);
    take(place, '{"control":"snapshot-begin","reason":"cursor-expired"}', row, '{"control":"heartbeat","cursor":"9"}',
      '{"control":"going-away","cursor":"9","retry-after-ms":5}');
    expect([place.cursor, place.inSnapshot, place.moved]).toEqual(["snapshot", true, false]);
    place.connected();
    take(place, '{"control":"snapshot-begin"}', '{"control":"snapshot-end","cursor":"10","count":0}');
    expect([place.cursor, place.inSnapshot, place.moved]).toEqual(["10", false, true]);
  });

  test.each([
    ["fewer rows than counted", ['{"control":"snapshot-begin"}', row, '{"control":"snapshot-end","cursor":"1","count":2}']],
    ["more rows than counted", ['{"control":"snapshot-begin"}', row, row, '{"control":"snapshot-end","cursor":"1","count":1}']],
    ["a row outside a snapshot", [row]],
    ["an end without a beginning", ['{"control":"snapshot-end","cursor":"1","count":0}']],
    ["an event within a snapshot", ['{"control":"snapshot-begin"}', event("1")]],
    ["an event without a cursor", [event(undefined)]],
  ])("refuses %s", (_, lines) => {
    expect(() => take(at("snapshot"), ...lines)).toThrow(UnreadableFrameError);
  });

  test("ends with a refused cursor, or begins a snapshot instead", () => {
    const error = '{"control":"error","code":"cursor-expired","message":"gone","earliest":"7"}';
    const end = take(at("3"), error)[0]!.end;
    expect(end).toBeInstanceOf(CursorRefusedError);
    expect(end).toMatchObject({ code: "cursor-expired", cursor: "3", earliest: "7" });
    const place = at("3", true);
    expect(take(place, error)[0]!.comeBack).toBeDefined();
    expect(place.cursor).toBe("snapshot");
    // A hub without snapshots would refuse them for ever.
    expect(take(place, error)[0]!.end).toBeInstanceOf(CursorRefusedError);
  });

  test("ends with a refused filter", () => {
    expect(take(at("now"), '{"control":"error","code":"invalid-filter","message":"no field x"}')[0]!.end).toBeInstanceOf(FilterRefusedError);
  });
});

describe("a filter", () => {
  test("is the message that the hub takes", () => {
    expect(filterMessage({})).toBe('{"send-everything":true}');
    expect(filterMessage({ source: "east" })).toBe('{"send-everything":true,"source":"east"}');
    expect(filterMessage({ filters: [{ "entity-type": "job", match: { status: ["queued", null] }, operations: ["create"] }] }))
      .toBe('{"filters":[{"entity-type":"job","match":{"status":["queued",null]},"operations":["create"]}]}');
  });

  test("that asks for nothing, or in two places, is refused", () => {
    expect(() => filterMessage({ filters: [] })).toThrow(TypeError);
    expect(() => filterMessage({ filters: [{ "entity-type": "job" }], source: "east" })).toThrow(TypeError);
  });

  test("names fields of its type only", () => {
    // @ts-expect-error No pool has such a field.
    filterMessage({ filters: [{ "entity-type": "pool", match: { enabledd: true } }] });
    // @ts-expect-error It is a number.
    filterMessage({ filters: [{ "entity-type": "pool", match: { max_runners: "ten" } }] });
    // @ts-expect-error Lists cannot be matched.
    filterMessage({ filters: [{ "entity-type": "pool", match: { tags: "linux" } }] });
  });
});

describe("lines", () => {
  const read = async (...pieces: Uint8Array[]): Promise<string[]> => {
    const lines = new LineReader(new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    }));
    const found: string[] = [];
    do {
      for (let line = lines.take(); line !== undefined; line = lines.take()) found.push(line);
    } while (await lines.fill());
    return found;
  };

  test("are the same however the bytes are cut", async () => {
    const bytes = new TextEncoder().encode('{"a":"ä€😀"}\n\n\n{"b":1}\n{"c":2}\ncut');
    for (let size = 1; size <= bytes.length; size++) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
      expect(await read(...pieces)).toEqual(['{"a":"ä€😀"}', '{"b":1}', '{"c":2}']);
    }
  });

  test("that are not UTF-8 are refused", async () => {
    await expect(read(new Uint8Array([0x7b, 0xff, 0x0a]))).rejects.toThrow(UnreadableFrameError);
  });
});

describe("JSON", () => {
  test.each([
    [1, 1, true], [1, "1", false], [null, {}, false], [[], {}, false], [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false], [{ a: undefined }, { b: undefined }, false], [[1, 2], [2, 1], false], [[1], [1, 2], false],
  ])("%j is the same as %j: %s", (left, right, same) => {
    expect(sameJson(left, right)).toBe(same);
    expect(sameJson(right, left)).toBe(same);
  });
});

test("pauses grow to the longest, and begin anew", () => {
  const pauses = new Pauses(250, 1000);
  expect([1, 1, 1, 1].map((random) => pauses.next(random))).toEqual([250, 500, 1000, 1000]);
  expect(pauses.next(0)).toBe(500);
  pauses.reset();
  expect(pauses.next(0)).toBe(0);
});
