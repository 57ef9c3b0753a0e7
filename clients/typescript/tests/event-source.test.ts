import { afterEach, expect, test, vi } from "vitest";
import { browser, openPage } from "./support/chromium.js";
import { Front } from "./support/front.js";
import { HubProcess, adminLogin, dataFolder, hubProgram } from "./support/hub-process.js";

const missing = browser === undefined ? "there is no Chromium" : hubProgram === undefined ? "GARM_TEST_HOST names no hub" : undefined;
if (missing !== undefined) console.warn(`an EventSource in a browser: skipped, because ${missing}`);

// Each report has all that the page was told, since one report may overtake another.
const page = (token: string): string => `<!doctype html><script>
document.cookie = "garm_token=${token}";
const told = [];
const filter = JSON.stringify({ filters: [{ "entity-type": "proxy" }] });
const events = new EventSource("/api/v1/events/stream?cursor=earliest&heartbeat-seconds=1&filter=" + encodeURIComponent(filter));
const report = () => fetch("/report", { method: "POST", body: JSON.stringify(told) });
events.onmessage = message => {
  const frame = JSON.parse(message.data);
  told.push(frame.operation + " " + frame.payload.name);
  report();
};
events.onerror = () => {
  told.push(events.readyState === EventSource.CLOSED ? "closed" : "reconnects");
  report();
};
</script>`;

const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const each of cleanUp.splice(0).reverse()) await each();
});

test.skipIf(missing !== undefined)("an EventSource goes on by itself at another node when its node is killed", async () => {
  const folder = dataFolder();
  cleanUp.push(folder.remove);
  const nodes: HubProcess[] = [];
  for (let i = 0; i < 2; i++) {
    const node = await HubProcess.start(folder.path, { "Garm:Cluster:Hostname": "127.0.0.1" });
    cleanUp.push(() => node.kill());
    nodes.push(node);
    if (i === 0) await node.firstRun();
  }

  const [first, second] = nodes as [HubProcess, HubProcess];
  const api = second.admin();
  const put = (name: string): Promise<unknown> => api.request("POST", "/proxies", { name, http_proxy: "http://p.example.com" });
  const front = await Front.start([first.url, second.url], page(await adminLogin(second.url)(true)));
  cleanUp.push(() => front.stop());
  const told = (): string[] => front.reports.map((text) => JSON.parse(text) as string[]).reduce((a, b) => (b.length > a.length ? b : a), []);
  const names = Array.from({ length: 30 }, (_, i) => `p${i}`);
  const wanted = names.map((name) => `create ${name}`);

  await put(names[0]!);
  cleanUp.push(openPage(front.url));
  await vi.waitFor(() => expect(told()).toEqual(wanted.slice(0, 1)), { timeout: 60_000, interval: 50 });

  for (const name of names.slice(1, 15)) await put(name);
  await first.kill();
  for (const name of names.slice(15)) await put(name);

  await vi.waitFor(() => expect(told().filter((text) => text.includes(" "))).toEqual(wanted), { timeout: 60_000, interval: 50 });
  expect(told()).toContain("reconnects");
  expect(told()).not.toContain("closed");
}, 300_000);
