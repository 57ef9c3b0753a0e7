import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What a reverse proxy in front of several hubs does: requests go to the first one that answers, and a page comes from here. */
export class Front {
  readonly #server: Server;
  /** What the page has reported. */
  readonly reports: string[] = [];

  private constructor(private readonly hubs: string[], page: string) {
    this.#server = createServer((asked, answer) => {
      if (asked.url === "/") answer.setHeader("Content-Type", "text/html").end(page);
      else if (asked.url === "/report") this.#report(asked, answer);
      else this.#pass(asked, answer, 0);
    });
  }

  static async start(hubs: string[], page: string): Promise<Front> {
    const front = new Front(hubs, page);
    await new Promise<void>((resolve) => front.#server.listen(0, "127.0.0.1", resolve));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #report(asked: IncomingMessage, answer: ServerResponse): void {
    let text = "";
    asked.on("data", (piece: Buffer) => (text += piece.toString()));
    asked.on("end", () => {
      this.reports.push(text);
      answer.end();
    });
  }

  #pass(asked: IncomingMessage, answer: ServerResponse, index: number): void {
    const hub = this.hubs[index];
    if (hub === undefined) {
      answer.writeHead(502).end();
      return;
    }

    const passed = request(hub + asked.url!, { method: asked.method, headers: asked.headers }, (response) => {
      answer.writeHead(response.statusCode!, response.headers);
      response.pipe(answer);
      response.on("error", () => answer.destroy());
    });
    passed.on("error", () => {
      if (answer.headersSent) answer.destroy();
      else this.#pass(asked, answer, index + 1);
    });
    answer.on("close", () => passed.destroy());
    passed.end();
  }
}
