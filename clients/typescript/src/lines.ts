import { UnreadableFrameError } from "./errors.js";

/** The longest line that is read, in characters. */
const longestLine = 64 * 1024 * 1024;

/** Lines of a response body. It reads no further than the caller, so a slow reader slows down the sender. */
export class LineReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #lines: string[] = [];
  #taken = 0;
  #parts: string[] = [];
  #length = 0;

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  /** The next non-empty line, if it was read already. */
  take(): string | undefined {
    while (this.#taken < this.#lines.length) {
      const line = this.#lines[this.#taken++]!;
      if (line !== "") return line;
    }

    return undefined;
  }

  /**
   * Reads more; false at the end. What follows the last line feed was cut off, and is dropped.
   * @throws {UnreadableFrameError} The bytes are not UTF-8, or a line is too long.
   */
  async fill(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (done) return false;
    this.#add(value);
    return true;
  }

  #add(bytes: Uint8Array): void {
    let text: string;
    try {
      text = this.#decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw new UnreadableFrameError("it is not UTF-8", { cause: error });
    }

    const lines = text.split("\n");
    this.#parts.push(lines[0]!);
    this.#length += lines[0]!.length;
    if (this.#length > longestLine) throw new UnreadableFrameError(`a frame is longer than ${longestLine} characters`);
    if (lines.length === 1) return;

    const rest = lines.pop()!;
    lines[0] = this.#parts.join("");
    this.#parts = [rest];
    this.#length = rest.length;
    this.#lines = lines;
    this.#taken = 0;
  }
}
