// Server-sent events, as far as chat completions use them: the data of each event, and null for any other sign of life.

/** Longest line; a stream without line breaks must not fill the memory. */
const longestLine = 16 * 1024 * 1024;

/** Splits a stream of text into the `data` of its events. Comments and empty events yield null: the server lives. */
export class SseParser {
  #rest = '';
  #data: string[] = [];

  push(text: string): (string | null)[] {
    this.#rest += text;
    if (this.#rest.length > longestLine) throw new RangeError('A line of the stream is too long.');
    const found: (string | null)[] = [];
    for (let end = lineEnd(this.#rest); end !== null; end = lineEnd(this.#rest)) {
      const line = this.#rest.slice(0, end.at);
      this.#rest = this.#rest.slice(end.next);
      this.#take(line, found);
    }
    return found;
  }

  /** What is left when the stream ends without an empty line. */
  end(): string[] {
    const found: (string | null)[] = [];
    if (this.#rest !== '') this.#take(this.#rest, found);
    this.#take('', found);
    return found.filter((data) => data !== null);
  }

  #take(line: string, found: (string | null)[]): void {
    if (line === '') {
      if (this.#data.length > 0) found.push(this.#data.join('\n'));
      this.#data = [];
    } else if (line.startsWith('data:')) {
      this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
    } else {
      found.push(null);
    }
  }
}

/** The first line break: \n, \r\n or \r. A \r at the very end may be half of a pair, so it waits. */
function lineEnd(text: string): { at: number; next: number } | null {
  const at = text.search(/[\r\n]/);
  if (at === -1 || (text[at] === '\r' && at === text.length - 1)) return null;
  return { at, next: text.startsWith('\r\n', at) ? at + 2 : at + 1 };
}
