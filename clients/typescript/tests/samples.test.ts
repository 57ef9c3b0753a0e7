import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { FakeHub } from "./support/fake-hub.js";

const folder = (name: string): string => fileURLToPath(new URL(`../../../samples/${name}`, import.meta.url));
const there = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;

/** How each sample is started, and why it cannot be. */
const samples: [string, string[], string | undefined][] = [
  ["typescript", ["node", "dist/autoscaler.js"], existsSync(`${folder("typescript")}/dist/autoscaler.js`) ? undefined : "it is not built"],
  ["python", ["python3", "-B", "autoscaler.py"], there("python3", "--version") ? undefined : "there is no python3"],
  ["go", ["go", "run", "."], there("go", "version") ? undefined : "there is no go"],
];

let hub: FakeHub | undefined;
let sample: ChildProcess | undefined;

afterEach(async () => {
  // `go run` starts another process, which is in the same group.
  if (sample?.exitCode === null) process.kill(-sample.pid!, "SIGKILL");
  await hub?.stop();
});

const pool = (id: string, more: object = {}, source = "") => ({
  type: "pool", source, id,
  payload: { id, enabled: true, repo_id: "r", max_runners: 4, min_idle_runners: 1, tags: [{ name: "Linux" }, { name: "x64" }], ...more },
});
const job = (id: number, more: object = {}, source = "") =>
  ({ type: "job", source, id: String(id), payload: { id, status: "queued", repo_id: "r", labels: ["linux"], ...more } });
const runner = (id: string, more: object = {}) =>
  ({ type: "instance", source: "", id, payload: { id, status: "running", runner_status: "active", pool_id: "a", ...more } });

describe("the sample in", () => {
  for (const [name, command, missing] of samples) {
    if (missing !== undefined) console.warn(`the sample in ${name}: skipped, because ${missing}`);

    test.skipIf(missing !== undefined)(`${name} counts, and goes on after faults`, async () => {
      hub = await FakeHub.start();
      const { model } = hub;
      for (const entity of [pool("a", { priority: 1 }), pool("b", { repo_id: "other" }), pool("a", {}, "east"), job(1), job(2, { labels: ["gpu"] }),
        job(1, {}, "east"), job(3, { status: "completed" }), runner("1"), runner("2", { runner_status: "idle" })]) model.put(entity);
      const gone = await FakeHub.gone();
      sample = spawn(command[0]!, command.slice(1), {
        cwd: folder(name), detached: true, stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, GARM_URL: `${gone},${hub.url}/`, GARM_TOKEN: "token-0" },
      });
      let output = "";
      let errors = "";
      sample.stdout!.on("data", (text: Buffer) => (output += text.toString()));
      sample.stderr!.on("data", (text: Buffer) => (errors += text.toString()));
      const expectLast = (source: string, id: string, queued: number, busy: number, wanted: number): Promise<void> => vi.waitFor(() => {
        const rows = output.split("\n").slice(0, -1).map((line) => JSON.parse(line) as { source: string; pool: string });
        expect(rows.filter((row) => row.source === source && row.pool === id).at(-1), errors).toEqual({ source, pool: id, queued, busy, wanted });
      }, { timeout: 90_000, interval: 20 });

      await expectLast("", "a", 1, 1, 3);
      await expectLast("", "b", 0, 0, 1);
      await expectLast("east", "a", 1, 0, 2);

      // A job leaves the filter, another one enters it.
      model.put(job(1, { status: "in_progress" }));
      hub.pump();
      await expectLast("", "a", 0, 1, 2);
      model.put(job(3));
      hub.pump();
      await expectLast("", "a", 1, 1, 3);

      // A cut in the middle of a snapshot, after which an entity is gone of which no event tells any more.
      hub.refuse = { status: 503, body: {} };
      hub.cut();
      model.delete("job", "", "3");
      for (let id = 10; id < 13; id++) model.put(job(id));
      model.expire();
      hub.cutAfter = 3;
      hub.refuse = undefined;
      const { length } = hub.streams;
      await hub.until(() => hub!.streams.length >= length + 2);
      hub.cutAfter = undefined;
      await expectLast("", "a", 3, 1, 4);

      // The node goes away in good order, and the pool is disabled meanwhile.
      hub.goAway(1);
      model.put(pool("a", { enabled: false }));
      await expectLast("", "a", 0, 1, 0);
    });

    test.skipIf(missing !== undefined)(`${name} ends when the hub refuses it`, async () => {
      hub = await FakeHub.start();
      sample = spawn(command[0]!, command.slice(1), {
        cwd: folder(name), detached: true, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, GARM_URL: hub.url, GARM_TOKEN: "wrong" },
      });
      let errors = "";
      sample.stderr!.on("data", (text: Buffer) => (errors += text.toString()));
      const code = await new Promise((resolve) => sample!.on("close", resolve));
      expect(code).toBe(1);
      expect(errors).toContain("401");
      expect(errors, "no stack").not.toMatch(/^\s+at /m);
    });

    const notSet = { GARM_TOKEN: "", GARM_USERNAME: "", GARM_PASSWORD: "" };
    test.skipIf(missing !== undefined).each([
      ["set GARM_TOKEN", notSet], ["127.0.0.1:9997 is not an http or https URL", { GARM_URL: "127.0.0.1:9997", GARM_TOKEN: "any" }],
    ])(`${name} says what its environment lacks: %s`, async (what, environment) => {
      sample = spawn(command[0]!, command.slice(1), {
        cwd: folder(name), detached: true, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, GARM_URL: "http://127.0.0.1:1", ...environment },
      });
      let errors = "";
      sample.stderr!.on("data", (text: Buffer) => (errors += text.toString()));
      expect(await new Promise((resolve) => sample!.on("close", resolve))).toBe(1);
      expect(errors).toContain(what);
      expect(errors, "no stack").not.toContain("Traceback");
    });
  }
});
