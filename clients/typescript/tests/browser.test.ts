import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { browser, openPage } from "./support/chromium.js";
import { FakeHub } from "./support/fake-hub.js";

const built = fileURLToPath(new URL("../dist/", import.meta.url));
const missing = browser === undefined ? "there is no Chromium" : existsSync(`${built}index.js`) ? undefined : "the package is not built";
if (missing !== undefined) console.warn(`a page in a browser: skipped, because ${missing}`);

const page = `<!doctype html><script type="module">
import { GarmCache } from "/client/index.js";
document.cookie = "garm_token=token-0";
const report = (...what) => fetch("/report", { method: "POST", body: JSON.stringify(what) });
const cache = new GarmCache({ urls: [location.origin], firstPauseMs: 1 });
cache.on("added", (entity) => report("added", entity.id));
cache.on("changed", (entity) => report("changed", entity.id));
cache.on("removed", (entity) => report("removed", entity.id));
cache.on("synced", () => report("synced", cache.size));
cache.on("ended", (error) => report("ended", String(error)));
cache.start();
</script>`;

let hub: FakeHub;
let closePage: (() => Promise<void>) | undefined;

afterEach(async () => {
  await closePage?.();
  await hub.stop();
});

test.skipIf(missing !== undefined)("a page in a browser keeps a copy, with its cookie, over cuts and expiry", async () => {
  hub = await FakeHub.start();
  const reports: string[] = [];
  hub.pages = (request, response) => {
    if (request.url === "/") response.setHeader("Content-Type", "text/html").end(page);
    else if (request.url!.startsWith("/client/")) {
      response.setHeader("Content-Type", "text/javascript").end(readFileSync(join(built, request.url!.slice("/client/".length))));
    } else if (request.url === "/report") {
      let text = "";
      request.on("data", (piece: Buffer) => (text += piece.toString()));
      request.on("end", () => {
        reports.push(text);
        response.end();
      });
    } else return false;
    return true;
  };
  const put = (id: string, more: object = {}): void => hub.model.put({ type: "pool", source: "", id, payload: { id, ...more } });
  // Reports are requests of their own, and may overtake each other.
  const expectReports = (...wanted: string[]): Promise<void> =>
    vi.waitFor(() => expect([...reports].sort()).toEqual([...wanted].sort()), { timeout: 60_000, interval: 20 });

  put("a");
  closePage = openPage(hub.url);
  await expectReports('["added","a"]', '["synced",1]');
  expect(hub.streams[0]!.token).toBe("token-0");

  reports.length = 0;
  hub.cut();
  put("b");
  await expectReports('["added","b"]', '["synced",2]');

  reports.length = 0;
  hub.refuse = { status: 503, body: {} };
  hub.cut();
  hub.model.delete("pool", "", "a");
  put("b", { enabled: true });
  hub.model.expire();
  hub.refuse = undefined;
  await expectReports('["removed","a"]', '["changed","b"]', '["synced",1]');
});
