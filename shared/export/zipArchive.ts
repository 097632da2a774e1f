/** A zip archive that takes its parts piece by piece. The same parts make the same bytes, on any day. */
import { strToU8, Zip, ZipDeflate } from 'fflate';

/** A text as UTF-8. */
export function textBytes(text: string): Uint8Array {
  return strToU8(text);
}

export class ZipArchive {
  readonly #pieces: Uint8Array[] = [];
  readonly #zip: Zip;
  #failed: Error | null = null;

  constructor() {
    this.#zip = new Zip((error, piece) => {
      if (error === null) this.#pieces.push(piece);
      else this.#failed ??= error;
    });
  }

  /** Begins a part; one is finished before the next begins. @returns what takes its bytes, in order */
  open(path: string): (bytes: Uint8Array, last?: boolean) => void {
    const part = new ZipDeflate(path, { level: 1 });
    // without a zone it is read on the machine's own clock, as archives state it: the same bytes everywhere
    part.mtime = '1980-01-01T12:00:00';
    this.#zip.add(part);
    return (bytes, last = false) => {
      part.push(bytes, last);
      if (this.#failed !== null) throw this.#failed;
    };
  }

  end(): Uint8Array {
    this.#zip.end();
    if (this.#failed !== null) throw this.#failed;
    const bytes = new Uint8Array(this.#pieces.reduce((sum, { length }) => sum + length, 0));
    let place = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, place);
      place += piece.length;
    }
    return bytes;
  }
}
