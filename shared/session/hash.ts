/** Sha-256 of a file as it was given, a slice at a time. */
import { createSHA256 } from 'hash-wasm';
import type { NamedFile } from '../contract/importing.ts';
import type { Surroundings } from './surroundings.ts';

const SLICE = 1 << 22;

/** In hexadecimal. */
export async function hashOf({ content }: NamedFile, { createHash, yieldToHost }: Surroundings): Promise<string> {
  const hash = createHash?.('sha256') ?? (await createSHA256());
  const size = content instanceof Uint8Array ? content.length : content.size;
  for (let from = 0; from < size; from += SLICE) {
    const to = Math.min(size, from + SLICE);
    const slice =
      content instanceof Uint8Array
        ? content.subarray(from, to)
        : new Uint8Array(await content.slice(from, to).arrayBuffer());
    hash.update(slice);
    await yieldToHost();
  }
  return hash.digest('hex');
}
