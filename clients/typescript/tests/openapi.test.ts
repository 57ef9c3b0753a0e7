import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { HubProcess, dataFolder, hubProgram } from "./support/hub-process.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test.skipIf(hubProgram === undefined)("the types of payloads are those that the hub describes", async () => {
  const folder = dataFolder();
  const hub = await HubProcess.start(folder.path);
  try {
    const generated = join(folder.path, "openapi.ts");
    execFileSync(process.execPath, [here("../scripts/generate.mjs"), `${hub.url}/openapi/v1.json`, generated], { stdio: "ignore" });
    expect(readFileSync(generated, "utf8") === readFileSync(here("../src/openapi.ts"), "utf8"), "run `npm run generate` anew").toBe(true);
  } finally {
    await hub.kill();
    folder.remove();
  }
}, 120_000);
