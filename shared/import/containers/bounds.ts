/**
 * What a packed file may unpack to. A packed file of a few kilobytes can hold gigabytes, and its own statements about
 * that cannot be trusted, so the bytes that come out are counted as they come.
 */

/** A packed file that is not read: the message says what is wrong and what to do. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError';
}

export interface Bounds {
  /** Files in an archive, with those of an archive inside it. */
  readonly entries: number;
  /** Bytes that one file or archive unpacks to, where they are read as they come. */
  readonly unpackedBytes: number;
  /** Bytes that are held in memory at once: an archive inside a packed file, a spreadsheet's strings. */
  readonly heldBytes: number;
  /** Most unpacked bytes for a packed one, beyond the first `ratioFreeBytes`. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
}

const MIB = 1024 * 1024;

export const BOUNDS: Bounds = {
  entries: 1000,
  unpackedBytes: 8 * 1024 * MIB,
  heldBytes: 512 * MIB,
  ratio: 200,
  ratioFreeBytes: 16 * MIB,
};

/** Counts what goes into an unpacking and what comes out of it. */
export class Meter {
  readonly #name: string;
  readonly #bounds: Bounds;
  readonly #limit: number;
  #packed = 0;
  #unpacked = 0;

  /** `limit` is the most that may come out; all that is allowed at all where it is not given. */
  constructor(name: string, bounds: Bounds, limit = bounds.unpackedBytes) {
    this.#name = name;
    this.#bounds = bounds;
    this.#limit = limit;
  }

  get unpacked(): number {
    return this.#unpacked;
  }

  took(bytes: number): void {
    this.#packed += bytes;
  }

  made(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked > this.#limit) {
      throw new ContainerError(
        `${this.#name} unpacks to more than ${sizeText(this.#limit)} and is not read. Split it into smaller files.`,
      );
    }
    const { ratio, ratioFreeBytes } = this.#bounds;
    if (this.#unpacked > ratioFreeBytes && this.#unpacked > this.#packed * ratio) {
      throw new ContainerError(
        `${this.#name} unpacks to more than ${ratio} times its size, as files made to do harm do, and is not read. ` +
          'Unpack it and import what is inside.',
      );
    }
  }
}

/** What all parts of one given file may use together. */
export class Allowance {
  #entries: number;
  #held: number;
  #unpacked: number;

  readonly bounds: Bounds;

  constructor(bounds: Bounds) {
    this.bounds = bounds;
    this.#entries = bounds.entries;
    this.#held = bounds.heldBytes;
    this.#unpacked = bounds.unpackedBytes;
  }

  takeEntries(name: string, count: number): void {
    this.#entries -= count;
    if (this.#entries < 0) {
      throw new ContainerError(
        `${name} holds more than ${this.bounds.entries} files and is not read. Import only those that are needed.`,
      );
    }
  }

  /** Of an archive, as it says itself; what really comes out is counted when it does. */
  takeUnpacked(name: string, bytes: number): void {
    this.#unpacked -= bytes;
    if (this.#unpacked < 0) {
      throw new ContainerError(
        `${name} unpacks to more than ${sizeText(this.bounds.unpackedBytes)} and is not read. Import its files in parts.`,
      );
    }
  }

  get held(): number {
    return this.#held;
  }

  takeHeld(bytes: number): void {
    this.#held -= bytes;
  }
}

/** Bytes as people say them: whole units, rounded down. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  let count = bytes;
  while (count >= 1024 && unit < units.length - 1) {
    count = Math.floor(count / 1024);
    unit++;
  }
  return `${count} ${units[unit] ?? ''}`;
}

/** The error to throw for one that a library threw over a file's bytes. */
export function damaged(name: string, error?: unknown): ContainerError {
  if (error instanceof ContainerError) return error;
  const why = error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
  return new ContainerError(`${name} is damaged or cut off${why}. Get it again from where it came from.`);
}
