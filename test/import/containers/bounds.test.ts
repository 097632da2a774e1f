/** Files made to do harm are refused before they fill the memory, whatever their headers say. */
import { deflateRawSync } from 'node:zlib';
import { Gzip, gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { BOUNDS, unpack } from '../../../shared/import/containers/unpack.ts';
import { onlyText, outcome, utf8 } from './helpers.ts';
import { zipOf } from './zipFile.ts';

const MIB = 1024 * 1024;

/** Packed zeros: one block of them packed once, and repeated as often as it takes. */
function packedZeros(mebibytes: number): Uint8Array {
  const packed: Uint8Array[] = [];
  const gzip = new Gzip({ level: 9 }, (bytes) => packed.push(bytes));
  const block = new Uint8Array(MIB);
  for (let i = 0; i < mebibytes; i++) gzip.push(block, i === mebibytes - 1);
  return new Uint8Array(Buffer.concat(packed));
}

/** Ten gibibytes of zeros as gzip members of 64 MiB each. */
function tenGibibytes(): Blob {
  const member = packedZeros(64) as Uint8Array<ArrayBuffer>;
  return new Blob(new Array<Uint8Array<ArrayBuffer>>(160).fill(member));
}

describe('what unpacks to too much', () => {
  it('gzip of ten gibibytes stops soon behind the first 16 MiB', async () => {
    const files = await unpack({ name: 'zeros.gz', content: tenGibibytes() });
    let length = 0;
    const read = async (): Promise<void> => {
      for await (const piece of files[0]!.stream()) length += piece.length;
    };
    await expect(read()).rejects.toThrow(/zeros.gz unpacks to more than 200 times its size.*Unpack it/);
    expect(length).toBeLessThan(64 * MIB);
  });

  it('the first 16 MiB are free', async () => {
    expect((await onlyText(packedZeros(15))).length).toBe(15 * MIB);
    expect(await outcome(packedZeros(17))).toMatch(/more than 200 times/);
  });

  it('a total beyond the bound', async () => {
    const bounds = { ...BOUNDS, unpackedBytes: 1000 };
    expect(await outcome(gzipSync(new Uint8Array(1000)), 'a.gz', bounds)).toBe('1 texts');
    expect(await outcome(gzipSync(new Uint8Array(1001)), 'a.gz', bounds)).toMatch(
      /a.gz unpacks to more than 1000 bytes/,
    );
    const two = zipSync({ 'a.csv': new Uint8Array(600), 'b.csv': new Uint8Array(600) });
    expect(await outcome(two, 'a.zip', bounds)).toMatch(/a.zip unpacks to more than 1000 bytes/);
  });

  it('a zip whose header says little', async () => {
    const zeros = new Uint8Array(200 * MIB);
    const packed = zipOf([{ name: 'x.csv', data: utf8('x'), method: 8, packed: deflateRawSync(zeros), size: 100 }]);
    expect(await outcome(packed, 'a.zip')).toMatch(/a.zip\/x.csv unpacks to more than 200 times its size/);
  });

  it('a zip whose header says much', async () => {
    const packed = zipOf([{ name: 'x.csv', data: utf8('x'), method: 8, packed: deflateRawSync(utf8('x')), size: 4e9 }]);
    expect(await outcome(packed, 'a.zip')).toMatch(/a.zip\/x.csv unpacks to more than 200 times its size/);
  });

  it('what has to be held in memory', async () => {
    const inner = zipSync({ 'a.csv': [crypto.getRandomValues(new Uint8Array(3000)), { level: 0 }] });
    const bounds = { ...BOUNDS, heldBytes: 2000 };
    expect(await outcome(gzipSync(inner), 'a.gz', bounds)).toMatch(/a.gz has to be held in memory.*1 KiB/);
  });

  it('zstd that makes much of nothing', async () => {
    // blocks of 128 KiB of one byte, four bytes each
    const block = [(((128 * 1024) << 3) & 255) | 2, 0, 0x10, 0];
    const frame = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x50, ...new Array<number[]>(2000).fill(block).flat()];
    expect(await outcome(Uint8Array.from(frame))).toMatch(/more than 200 times/);
  });
});

describe('too many files', () => {
  it('5,000 in one archive', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}.csv`, new Uint8Array(0)]));
    expect(await outcome(zipSync(many), 'a.zip')).toMatch(/a.zip holds more than 1000 files/);
  });

  it('in archives inside an archive, together', async () => {
    const some = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.csv`, utf8('x')]));
    const inner = zipSync(some);
    expect(await outcome(zipSync({ a: inner, b: inner, c: inner }), 'a.zip')).toBe('900 texts');
    expect(await outcome(zipSync({ a: inner, b: inner, c: inner, d: inner }), 'a.zip')).toMatch(/more than 1000 files/);
  });

  it('a count that is a lie', async () => {
    const packed = zipOf([{ name: 'x.csv', data: utf8('x') }], { count: 900 });
    expect(await outcome(packed, 'a.zip')).toMatch(/its list of files breaks off/);
  });
});

describe('bombs of archives', () => {
  it('archives in archives in archives', async () => {
    let bomb: Uint8Array = zipSync({ 'zeros.csv': new Uint8Array(16 * MIB) });
    for (let level = 0; level < 4; level++) {
      bomb = zipSync(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}.zip`, bomb])));
    }
    expect(await outcome(bomb, '42.zip')).toMatch(/packed more than twice over/);
  });

  it('members that lie inside one another', async () => {
    const data = new Uint8Array(1000);
    const packed = zipOf([
      { name: 'a.csv', data },
      { name: 'b.csv', data, offset: 0 },
    ]);
    expect(await outcome(packed, 'a.zip')).toMatch(/a.zip\/b.csv lies inside another file/);
  });

  it('endless packed bytes that make nothing', async () => {
    // empty deflate blocks
    const idle = new Uint8Array(3 * MIB);
    for (let at = 0; at + 5 <= idle.length; at += 5) idle.set([0, 0, 0, 0xff, 0xff], at);
    const packed = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, ...idle.subarray(0, 20)]);
    const content = new Blob([packed, idle]);
    expect(await outcome(content, 'a.gz')).toMatch(/^ContainerError: a.gz is damaged/);
  });
});
