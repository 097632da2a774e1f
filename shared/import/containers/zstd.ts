/**
 * Unpacks Zstandard as a stream: frames one behind the other, skippable ones left out, each frame's checksum and size
 * checked where it states them. Read by ourselves: a reader of foreign files must come to an end on any bytes, and check
 * what it made.
 */
import { createXXHash64 } from 'hash-wasm';
import { ContainerError, damaged, Meter, type Bounds } from './bounds.ts';
import { MOST_BLOCK_BYTES, newBlockState, readBlock } from './zstdBlock.ts';
import { ZstdFault } from './zstdTables.ts';

const MAGIC = 0xfd2fb528;
/** How far back is kept: as far as the format's own tools do without being told to. A frame may claim more and not use it. */
const MOST_WINDOW_BYTES = 128 * 1024 * 1024;

/** Up to here a loop copies faster than a call. */
const SHORT = 48;

interface FrameHeader {
  readonly window: number;
  readonly size: number | null;
  readonly checksum: boolean;
}

export async function* unzstd(
  name: string,
  packed: AsyncIterable<Uint8Array>,
  bounds: Bounds,
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(name, bounds);
  const input = new Input(packed, meter);
  try {
    while (await input.fill(1)) {
      const magic = number(await input.take(4), 0, 4);
      if (magic >>> 4 === 0x184d2a5) await input.skip(number(await input.take(4), 0, 4));
      else if (magic === MAGIC) yield* frame(name, input, meter);
      else throw new ZstdFault('other bytes follow');
    }
  } catch (error) {
    throw damaged(name, error);
  } finally {
    await input.close();
  }
}

async function* frame(name: string, input: Input, meter: Meter): AsyncGenerator<Uint8Array> {
  const header = await readHeader(name, input);
  const output = new Output(name, header.window);
  const state = newBlockState();
  const hash = header.checksum ? (await createXXHash64()).init() : null;
  const most = Math.min(header.window, MOST_BLOCK_BYTES);
  let total = 0;
  for (let last = false; !last;) {
    const block = number(await input.take(3), 0, 3);
    last = (block & 1) === 1;
    const kind = (block >> 1) & 3;
    const size = block >> 3;
    if (size > most || kind === 3) throw new ZstdFault('a block is too large or of an unknown kind');
    output.begin();
    if (kind === 0) output.literals(await input.take(size), 0, size);
    else if (kind === 1) output.fill((await input.take(1))[0]!, size);
    else readBlock(await input.take(size), state, output);
    const made = output.made();
    total += made.length;
    meter.made(made.length);
    hash?.update(made);
    if (made.length > 0) yield made;
  }
  if (header.size !== null && header.size !== total) throw new ZstdFault('its size does not fit');
  if (hash === null) return;
  const stated = number(await input.take(4), 0, 4);
  // the digest's bytes are big-endian, and the frame states the lower four
  const digest = hash.digest('binary').slice(4).reverse();
  if (number(digest, 0, 4) !== stated) throw new ZstdFault('its checksum does not fit');
}

async function readHeader(name: string, input: Input): Promise<FrameHeader> {
  const flags = (await input.take(1))[0]!;
  const single = (flags & 0x20) !== 0;
  if ((flags & 8) !== 0) throw new ZstdFault('a frame is of an unknown kind');
  let window = 0;
  if (!single) {
    const descriptor = (await input.take(1))[0]!;
    const base = 2 ** (10 + (descriptor >> 3));
    window = base + (base / 8) * (descriptor & 7);
  }
  const dictionaryBytes = [0, 1, 2, 4][flags & 3]!;
  if (number(await input.take(dictionaryBytes), 0, dictionaryBytes) !== 0) {
    throw new ContainerError(
      `${name} was packed with a dictionary, which is not in it. Unpack it and import the result.`,
    );
  }
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][flags >> 6]!;
  const stated = number(await input.take(sizeBytes), 0, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  if (single) window = stated;
  return { window, size: sizeBytes === 0 ? null : stated, checksum: (flags & 4) !== 0 };
}

/** Little-endian. */
function number(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
  return value;
}

/** Packed bytes by the number that is asked for. */
class Input {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #meter: Meter;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(packed: AsyncIterable<Uint8Array>, meter: Meter) {
    this.#iterator = packed[Symbol.asyncIterator]();
    this.#meter = meter;
  }

  /** Whether there are as many. */
  async fill(count: number): Promise<boolean> {
    while (this.#bytes.length - this.#at < count) {
      const next = await this.#iterator.next();
      if (next.done === true) return false;
      const rest = this.#bytes.subarray(this.#at);
      const bytes = new Uint8Array(rest.length + next.value.length);
      bytes.set(rest);
      bytes.set(next.value, rest.length);
      this.#bytes = bytes;
      this.#at = 0;
    }
    return true;
  }

  async take(count: number): Promise<Uint8Array> {
    if (this.#bytes.length - this.#at < count && !(await this.fill(count))) throw new ZstdFault('it ends too early');
    this.#meter.took(count);
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      const step = Math.min(left, MOST_BLOCK_BYTES);
      await this.take(step);
      left -= step;
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

/** What was made, as far back as a match may reach; grows with what is really made. */
class Output {
  readonly #name: string;
  readonly #claimed: number;
  readonly #window: number;
  #bytes: Uint8Array;
  #length = 0;
  #begun = 0;

  constructor(name: string, window: number) {
    this.#name = name;
    this.#claimed = window;
    this.#window = Math.min(window, MOST_WINDOW_BYTES);
    this.#bytes = new Uint8Array(Math.min(2 * window, MOST_BLOCK_BYTES) + MOST_BLOCK_BYTES);
  }

  /** Makes room for one block more. */
  begin(): void {
    if (this.#length + MOST_BLOCK_BYTES > this.#bytes.length) {
      const most = 2 * this.#window + MOST_BLOCK_BYTES;
      const kept = this.#bytes.subarray(Math.max(0, this.#length - this.#window), this.#length);
      if (this.#bytes.length < most) {
        const grown = new Uint8Array(Math.min(most, this.#bytes.length * 2));
        grown.set(kept);
        this.#bytes = grown;
      } else this.#bytes.set(kept);
      this.#length = kept.length;
    }
    this.#begun = this.#length;
  }

  literals(bytes: Uint8Array, from: number, end: number): void {
    const made = this.#bytes;
    let to = this.#length;
    if (end - from > SHORT) made.set(bytes.subarray(from, end), to);
    else for (let at = from; at < end; at++) made[to++] = bytes[at]!;
    this.#length += end - from;
  }

  fill(byte: number, count: number): void {
    this.#bytes.fill(byte, this.#length, this.#length + count);
    this.#length += count;
  }

  match(offset: number, length: number): void {
    if (offset > this.#window && offset <= this.#claimed) {
      throw new ContainerError(
        `${this.#name} refers more than 128 MiB back and is not read. Pack it again without --long or --ultra.`,
      );
    }
    if (offset < 1 || offset > this.#length || offset > this.#window) {
      throw new ZstdFault('a match lies before the start');
    }
    const bytes = this.#bytes;
    let to = this.#length;
    const end = to + length;
    if (length > SHORT && offset >= length) bytes.copyWithin(to, to - offset, to - offset + length);
    else for (; to < end; to++) bytes[to] = bytes[to - offset]!;
    this.#length = end;
  }

  /** A copy of the block's bytes. */
  made(): Uint8Array {
    return this.#bytes.slice(this.#begun, this.#length);
  }
}
