/** What makes two files the same kind of table: the names in their headers, in order, without case and separators. */
import { plainName } from './columns.ts';

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** 64 bits of FNV-1a over the names, in hexadecimal: the same for every file with such a header, on every machine. */
export function fingerprintOf(header: readonly string[]): string {
  let hash = OFFSET;
  for (const character of header.map(plainName).join('\n')) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * PRIME);
  }
  return hash.toString(16).padStart(16, '0');
}
