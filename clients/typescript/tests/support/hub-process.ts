import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { GarmApi, type TokenSource, passwordLogin } from "../../src/index.js";

/** The hub's program, where the environment names one. */
export const hubProgram: string | undefined = process.env["GARM_TEST_HOST"] || undefined;

const username = "admin";
const password = `Corr3ct-Horse-${randomUUID()}`;

/** The hub's password login. */
export function adminLogin(...urls: string[]): TokenSource {
  return passwordLogin(urls, username, password);
}

/** A folder for a hub's data; several hubs may share one. */
export function dataFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "garm-client-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The real hub in a process of its own, on a free port. */
export class HubProcess {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  #output = "";
  #url: string | undefined;

  private constructor(folder: string, settings: Record<string, string>, urls: string) {
    this.#process = spawn("dotnet", [
      hubProgram!, "--urls", urls, `--Garm:DataDirectory=${join(folder, "data")}`, "--Garm:Providers:0:Name=fake",
      "--Garm:Providers:0:Type=external", ...Object.entries(settings).map(([key, value]) => `--${key}=${value}`),
    ], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      // It lives for seconds: the runtime need not compile hot code again before ten quiet ones (2710 hexadecimal, in milliseconds).
      env: { ...process.env, DOTNET_TC_CallCountingDelayMs: "2710", DOTNET_EnableWriteXorExecute: "0" },
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) {
      stream.on("data", (text: Buffer) => {
        this.#output += text.toString();
        this.#url ??= /Now listening on: (http:\/\/[^\s"]+)/.exec(this.#output)?.[1];
      });
    }

    this.#ended = new Promise((resolve) => this.#process.on("close", () => resolve()));
  }

  /** Starts a hub and waits until it is ready. */
  static async start(folder: string, settings: Record<string, string> = {}, urls = "http://127.0.0.1:0"): Promise<HubProcess> {
    const hub = new HubProcess(folder, settings, urls);
    await vi.waitFor(async () => {
      if (hub.#process.exitCode !== null) return;
      if (hub.#url === undefined || !(await fetch(`${hub.#url}/readyz`)).ok) throw new Error(`the hub is not ready:\n${hub.#output}`);
    }, { timeout: 90_000, interval: 100 });
    if (hub.#process.exitCode !== null) throw new Error(`the hub ended with ${hub.#process.exitCode}:\n${hub.#output}`);
    return hub;
  }

  get url(): string {
    return this.#url!;
  }

  /** What it wrote. */
  get output(): string {
    return this.#output;
  }

  /** Makes the administrator. */
  async firstRun(): Promise<GarmApi> {
    const api = new GarmApi(this.url);
    await api.request("POST", "/first-run", { username, password, email: "admin@example.com", full_name: "Admin" });
    const admin = this.admin();
    await admin.request("PUT", "/controller", {
      metadata_url: `${this.url}/api/v1/metadata`, callback_url: `${this.url}/api/v1/callbacks`, webhook_url: `${this.url}/webhooks`,
    });
    return admin;
  }

  /** The API as the administrator. */
  admin(): GarmApi {
    return new GarmApi(this.url, adminLogin(this.url));
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#ended;
  }

  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#ended;
  }
}
