import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";

/** Passes bytes on to a hub, and can be cut. It stays at its address when the hub behind it changes. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Cuts each connection after so many bytes of answers. */
  cutAfter: number | undefined;

  private constructor(public target: string) {
    this.#server = createServer((client) => {
      const { hostname, port } = new URL(this.target);
      const hub = connect(Number(port), hostname);
      let bytes = 0;
      for (const [socket, other] of [[client, hub], [hub, client]] as const) {
        this.#sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }

      client.on("data", (data) => hub.write(data));
      hub.on("data", (data) => {
        bytes += data.length;
        client.write(data);
        if (this.cutAfter !== undefined && bytes > this.cutAfter) client.destroy();
      });
    });
  }

  static async start(target: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends all connections. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
