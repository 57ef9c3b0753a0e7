import { createHmac, randomUUID } from "node:crypto";
import type { GarmApi, components } from "../../src/index.js";
import type { Random } from "./random.js";

type Schemas = components["schemas"];

const secret = "Wh-secret-for-tests-0123456789";

/** Writes to a real hub: a repository with pools, runners and jobs. */
export class Fleet {
  readonly instances = new Map<string, string>();
  readonly jobs: number[] = [];
  pools: string[] = [];
  repository = "";

  private constructor(
    private readonly api: GarmApi,
    private readonly random: Random,
    private readonly name: string,
  ) {}

  static async create(api: GarmApi, random: Random, name = randomUUID().slice(0, 8)): Promise<Fleet> {
    const fleet = new Fleet(api, random, name);
    const credentials = { name, description: "x", endpoint: "github.com", auth_type: "pat", pat: { oauth2_token: "ghp_x" } };
    await api.request("POST", "/github/credentials", credentials);
    const repository = await api.request<Schemas["Repository"]>("POST", "/repositories", {
      owner: "acme", name, credentials_name: name, webhook_secret: secret, pool_balancer_type: "roundrobin", forge_type: "github",
    });
    fleet.repository = repository.id!;
    for (let i = 0; i < 3; i++) await fleet.addPool();
    return fleet;
  }

  async addPool(more: object = {}): Promise<string> {
    const pool = await this.api.request<Schemas["Pool"]>("POST", `/repositories/${this.repository}/pools`, {
      provider_name: "fake", max_runners: 1000, min_idle_runners: 0, image: "ubuntu:24.04", flavor: "default", os_type: "linux",
      os_arch: "amd64", tags: ["self-hosted", "linux"], enabled: true, runner_bootstrap_timeout: 20, ...more,
    });
    this.pools.push(pool.id!);
    return pool.id!;
  }

  async addInstance(): Promise<string> {
    const made = await this.api.request<Schemas["Instance"]>("POST", `/pools/${this.random.of(this.pools)}/instances`, {});
    this.instances.set(made.name!, "pending_create");
    return made.name!;
  }

  /** Moves a runner to its next state; from the last one it is gone. */
  async moveInstance(name: string): Promise<void> {
    const states = ["pending_create", "creating", "running", "pending_delete", "deleting", "deleted"];
    const next = states[states.indexOf(this.instances.get(name)!) + 1]!;
    await this.api.request("PUT", `/instances/${name}`, { status: next });
    if (next === "deleted") this.instances.delete(name);
    else this.instances.set(name, next);
  }

  async addJob(url: string): Promise<void> {
    const id = 1_000_000_000 + this.random.below(1_000_000_000);
    const job = {
      action: "queued",
      workflow_job: {
        id, run_id: id + 1, run_attempt: 1, status: "queued", conclusion: null, name: "build", created_at: "2026-11-28T18:00:00Z",
        started_at: "2026-11-28T18:00:00Z", completed_at: null, labels: ["self-hosted", "linux"], runner_id: null, runner_name: null,
        runner_group_id: null, runner_group_name: null, steps: [], html_url: `https://github.com/acme/${this.name}/actions/runs/1/job/1`,
        run_url: "u", url: "u", node_id: "n", head_sha: "a", check_run_url: "c", workflow_name: "ci", head_branch: "main",
      },
      repository: {
        id: 1, name: this.name, full_name: `acme/${this.name}`, private: true, owner: { login: "acme", id: 1, type: "User" },
        html_url: `https://github.com/acme/${this.name}`,
      },
      sender: { login: "someone", id: 5 },
    };
    const body = JSON.stringify(job);
    const response = await fetch(`${url}/webhooks`, {
      method: "POST", body, headers: {
        "Content-Type": "application/json", "X-GitHub-Event": "workflow_job", "X-GitHub-Delivery": randomUUID(),
        "X-GitHub-Hook-Installation-Target-Type": "repository",
        "X-Hub-Signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      },
    });
    if (!response.ok) throw new Error(`the webhook was refused: ${response.status} ${await response.text()}`);
    const jobs = await this.api.request<Schemas["Job"][]>("GET", "/jobs");
    this.jobs.push(jobs.find((found) => found.workflow_job_id === id)!.id!);
  }

  async endJob(): Promise<void> {
    const id = this.jobs.pop();
    if (id !== undefined) await this.api.request("DELETE", `/jobs/${id}`);
  }

  /** One write of any kind. */
  async write(): Promise<void> {
    const names = [...this.instances.keys()];
    switch (this.random.below(8)) {
      case 0: case 1:
        await this.addInstance();
        break;
      case 2:
        await this.api.request("PUT", `/pools/${this.random.of(this.pools)}`, { max_runners: 1000 + this.random.below(60) });
        break;
      case 3:
        // The first one stays enabled: a job that no pool can take is refused.
        await this.api.request("PUT", `/pools/${this.random.of(this.pools.slice(1))}`, { enabled: this.random.below(2) === 0 });
        break;
      default:
        if (names.length === 0) await this.addInstance();
        else await this.moveInstance(this.random.of(names));
    }
  }
}
