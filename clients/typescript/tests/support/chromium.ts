import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The browser's program, where there is one. */
export const browser = ["chromium", "chromium-browser", "google-chrome"].find((name) => spawnSync(name, ["--version"]).status === 0);

/** Opens a page in Chromium, with a profile of its own. Gives what ends it. */
export function openPage(url: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "garm-browser-"));
  const chromium = spawn(browser!, ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", `--user-data-dir=${profile}`, url],
    { stdio: "ignore", detached: true });
  return async () => {
    // It starts others, which are in the same group.
    if (chromium.exitCode === null) {
      const ended = new Promise((resolve) => chromium.on("close", resolve));
      process.kill(-chromium.pid!, "SIGKILL");
      await ended;
    }

    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
