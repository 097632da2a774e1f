/** CRC-32 as gzip and zip have it, continued piece by piece: start with 0. */

const TABLES = tables();

/** Four tables, so that four bytes are taken at a time. */
function tables(): readonly Uint32Array[] {
  const first = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    first[byte] = crc;
  }
  const all = [first];
  for (let table = 1; table < 4; table++) {
    const before = all[table - 1]!;
    all.push(before.map((crc) => (crc >>> 8) ^ first[crc & 0xff]!));
  }
  return all;
}

export function crc32(bytes: Uint8Array, before = 0): number {
  const [one, two, three, four] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  let crc = ~before;
  let at = 0;
  for (; at + 3 < bytes.length; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc = four[crc & 0xff]! ^ three[(crc >>> 8) & 0xff]! ^ two[(crc >>> 16) & 0xff]! ^ one[crc >>> 24]!;
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ one[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
