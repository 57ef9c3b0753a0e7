import { apiError } from "./api.js";
import { GarmApiError, GarmUnreachableError, UnreadableFrameError, innermostMessage } from "./errors.js";
import { LineReader } from "./lines.js";

/** Nothing was received for too long. */
export const silence: unique symbol = Symbol("silence");

/** The caller's `wake` came first. */
export const woken: unique symbol = Symbol("woken");

/** One connection to the hub's stream of events. */
export class Connection {
  readonly #abort = new AbortController();
  readonly #signal: AbortSignal;
  readonly #stop = (): void => this.close();
  #lines: LineReader | undefined;
  #filling: Promise<boolean> | undefined;

  private constructor(signal: AbortSignal) {
    this.#signal = signal;
    if (signal.aborted) this.close();
    signal.addEventListener("abort", this.#stop);
  }

  /**
   * Opens a stream.
   * @param silenceMs The timeout for the answer.
   * @throws {GarmApiError} The hub refused it.
   * @throws {GarmUnreachableError} The hub did not answer.
   */
  static async open(url: string, token: string | undefined, silenceMs: number, signal: AbortSignal): Promise<Connection> {
    const connection = new Connection(signal);
    const what = "GET /events/stream";
    const patience = setTimeout(() => connection.close(), silenceMs);
    try {
      const headers: Record<string, string> = { Accept: "application/x-ndjson" };
      if (token !== undefined) headers["Authorization"] = `Bearer ${token}`;
      const response = await fetch(url, { headers, cache: "no-store", signal: connection.#abort.signal });
      if (!response.ok) throw apiError(response, await response.text(), what);
      const type = response.headers.get("Content-Type") ?? "";
      if (!type.startsWith("application/x-ndjson") || response.body === null) {
        throw new GarmApiError(response.status, "", `the answer is "${type}" and no stream of events; is this a hub?`, what);
      }

      connection.#lines = new LineReader(response.body);
      return connection;
    } catch (error) {
      connection.close();
      if (error instanceof GarmApiError) throw error;
      throw new GarmUnreachableError(innermostMessage(error), { cause: error });
    } finally {
      clearTimeout(patience);
    }
  }

  /**
   * The next line; undefined when the hub has ended the stream, {@link silence} when nothing was received for that long, and
   * {@link woken} when `wake` comes first. The next call then returns the line that this one waited for.
   * @throws {GarmUnreachableError} The connection was lost.
   */
  async next(silenceMs: number, wake: Promise<void> | undefined): Promise<string | typeof silence | typeof woken | undefined> {
    const lines = this.#lines!;
    while (true) {
      const line = lines.take();
      if (line !== undefined) return line;
      const filled = await this.#fill(lines, silenceMs, wake);
      if (filled === false) return undefined;
      if (filled !== true) return filled;
    }
  }

  async #fill(lines: LineReader, silenceMs: number, wake: Promise<void> | undefined): Promise<boolean | typeof silence | typeof woken> {
    this.#filling ??= lines.fill().finally(() => {
      this.#filling = undefined;
    });
    this.#filling.catch(() => {}); // Closing the connection rejects a read that nobody awaits any more.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silent = new Promise<typeof silence>((resolve) => {
      timer = setTimeout(() => resolve(silence), silenceMs);
    });
    try {
      return await Promise.race([this.#filling, silent, ...(wake === undefined ? [] : [wake.then((): typeof woken => woken)])]);
    } catch (error) {
      if (error instanceof UnreadableFrameError) throw error;
      throw new GarmUnreachableError(innermostMessage(error), { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes it. */
  close(): void {
    this.#signal.removeEventListener("abort", this.#stop);
    this.#abort.abort();
  }
}
