/** Unpacks gzip and raw deflate as streams, checking what comes out against the checksums. */
import { Gunzip, Inflate } from 'fflate';
import { ContainerError, damaged, Meter, type Bounds } from './bounds.ts';
import { crc32 } from './crc32.ts';

/** Packed bytes given at once: deflate can make a thousand times as many of them. */
const PIECE_BYTES = 16 * 1024;

/** Packed bytes that may go by without any coming out; deflate itself never takes more than 64 KiB. */
const IDLE_BYTES = 1024 * 1024;

/** Parts that a gzip file may be put together from; block gzip makes one of 64 KiB. */
const MOST_MEMBERS = 200_000;

interface Sink {
  push(chunk: Uint8Array, final?: boolean): void;
}

/** Gives `packed` to `sink` in small pieces and yields what `made` holds after each. */
async function* pushed(
  name: string,
  packed: AsyncIterable<Uint8Array>,
  sink: Sink,
  made: Uint8Array[],
  watch: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array | null = null;
  try {
    for await (const whole of packed) {
      for (let at = 0; at < whole.length; at += PIECE_BYTES) {
        if (waiting !== null) sink.push(waiting);
        yield* made.splice(0);
        // the library keeps what it is given until it has read it
        waiting = whole.slice(at, at + PIECE_BYTES);
        watch(waiting);
      }
    }
    sink.push(waiting ?? new Uint8Array(0), true);
    yield* made.splice(0);
  } catch (error) {
    throw damaged(name, error);
  }
}

/** The text of a gzip file: of all its members, one behind the other. */
export async function* gunzipped(
  name: string,
  packed: AsyncIterable<Uint8Array>,
  bounds: Bounds,
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(name, bounds);
  const made: Uint8Array[] = [];
  const recent = new RecentBytes();
  let [crc, length, idle, members] = [0, 0, 0, 1];
  const gunzip = new Gunzip((bytes) => {
    if (bytes.length === 0) return;
    meter.made(bytes.length);
    crc = crc32(bytes, crc);
    length += bytes.length;
    idle = 0;
    made.push(bytes);
  });
  const endMember = (end: number): void => {
    if (recent.uint32(end - 8) !== crc || recent.uint32(end - 4) !== length % 0x1_0000_0000) {
      throw damaged(name, new Error('its checksum does not fit'));
    }
    [crc, length, idle] = [0, 0, 0];
  };
  gunzip.onmember = (offset) => {
    endMember(offset);
    if (++members > MOST_MEMBERS)
      throw new ContainerError(`${name} is put together from too many parts; pack it as one.`);
  };
  yield* pushed(name, packed, gunzip, made, (piece) => {
    meter.took(piece.length);
    recent.add(piece);
    idle += piece.length;
    if (idle > IDLE_BYTES) throw damaged(name);
  });
  if (recent.end < 18) throw damaged(name);
  endMember(recent.end);
}

/** The bytes of a deflated member of an archive; `meter` is told what goes in, the caller tells it what comes out. */
export async function* inflated(
  name: string,
  packed: AsyncIterable<Uint8Array>,
  meter: Meter,
): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  let idle = 0;
  const inflate = new Inflate((bytes) => {
    if (bytes.length === 0) return;
    idle = 0;
    made.push(bytes);
  });
  yield* pushed(name, packed, inflate, made, (piece) => {
    meter.took(piece.length);
    idle += piece.length;
    if (idle > IDLE_BYTES) throw damaged(name);
  });
}

/** The latest packed bytes by their offset: a member's checksum stands before the next member's header. */
class RecentBytes {
  end = 0;
  #pieces: { readonly from: number; readonly bytes: Uint8Array }[] = [];

  add(bytes: Uint8Array): void {
    this.#pieces.push({ from: this.end, bytes });
    this.end += bytes.length;
    // a header with a long name and comment may lie between
    while ((this.#pieces[1]?.from ?? this.end) < this.end - 2 * IDLE_BYTES) this.#pieces.shift();
  }

  /** Little-endian; -1 where it is not among the latest. */
  uint32(offset: number): number {
    let value = 0;
    for (let i = 3; i >= 0; i--) {
      const byte = this.#at(offset + i);
      if (byte === undefined) return -1;
      value = value * 256 + byte;
    }
    return value;
  }

  #at(offset: number): number | undefined {
    const piece = this.#pieces.findLast(({ from }) => from <= offset);
    return piece?.bytes[offset - piece.from];
  }
}
