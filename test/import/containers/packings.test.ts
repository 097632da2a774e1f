/** Gzip, zip and Zstandard: what goes in comes out, alone, one inside another, and in whatever pieces. */
import { deflateRawSync, gzipSync as nodeGzip } from 'node:zlib';
import { gzipSync, strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDS, unpack } from '../../../shared/import/containers/unpack.ts';
import { bytesOf, fixture, onlyText, outcome, unpacked, usageText, utf8 } from './helpers.ts';
import { zipOf } from './zipFile.ts';

const TEXT = usageText(40);

function little(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);
}

describe('a plain file', () => {
  it('is itself, with its size, in slices of two mebibytes, as often as it is asked for', async () => {
    const bytes = new Uint8Array(5 * 1024 * 1024 + 3).map((_, i) => 32 + (i % 90));
    const [file] = await unpack({ name: 'usage.csv.gz', content: new Blob([bytes]) });
    expect(file).toMatchObject({ name: 'usage.csv.gz', size: bytes.length, how: null });
    const sizes = [];
    for await (const piece of file!.stream()) sizes.push(piece.length);
    expect(sizes).toEqual([2 * 1024 * 1024, 2 * 1024 * 1024, 1024 * 1024 + 3]);
    expect(Buffer.compare(await bytesOf(file!), bytes)).toBe(0);
  });

  it.each(['', 'P', 'PK', 'PAR1,PARENT\n1,2\n', 'PARENT_ID,cost\n', 'BZh,1\n', 'Rar!\n', '\u001f'])(
    'is a text that only begins like a packing: %j',
    async (text) => {
      expect(await unpacked(utf8(text))).toEqual([{ name: 'file', how: null, text }]);
    },
  );
});

describe('gzip', () => {
  it('is told by its bytes, whatever the name', async () => {
    const packed = gzipSync(utf8(TEXT));
    expect(await unpacked(packed, 'usage.csv')).toEqual([
      { name: 'usage.csv', how: 'Unpacked from gzip.', text: TEXT },
    ]);
  });

  it('joins members behind one another, with names, comments and extra fields in their headers', async () => {
    const flagged = nodeGzip(TEXT);
    const header = Uint8Array.from([...flagged.subarray(0, 10)]);
    header[3] = 4 | 8 | 16;
    const extra = [3, 0, 1, 2, 3, ...strToU8('usage.csv\0'), ...strToU8('a comment\0')];
    const member = Buffer.concat([header, Uint8Array.from(extra), flagged.subarray(10)]);
    const empty = nodeGzip('');
    const whole = new Uint8Array(Buffer.concat([member, empty, member, nodeGzip('end')]));
    expect(await onlyText(whole)).toBe(TEXT + TEXT + 'end');
  });

  it('reads any members, in pieces of any size', async () => {
    const texts = fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(texts, async (parts) => {
        const packed = new Uint8Array(Buffer.concat(parts.map((part) => nodeGzip(part))));
        expect(await onlyText(new Blob([packed]))).toBe(new TextDecoder().decode(utf8(parts.join(''))));
      }),
      { numRuns: 50 },
    );
  });

  it('reads a text that is longer than its pieces', async () => {
    const text = usageText(40_000);
    expect(await onlyText(new Blob([nodeGzip(text)]))).toBe(text);
  });

  it('refuses a wrong checksum, a wrong length, and bytes that follow', async () => {
    const packed = gzipSync(utf8(TEXT));
    for (const back of [1, 5]) {
      const wrong = packed.slice();
      wrong[wrong.length - back]! ^= 1;
      expect(await outcome(wrong)).toMatch(/^ContainerError: file is damaged or cut off/);
    }
    expect(await outcome(new Uint8Array([...packed, 1, 2, 3]))).toMatch(/^ContainerError/);
  });

  it('checks each member by itself', async () => {
    const first = nodeGzip(TEXT);
    first[first.length - 6]! ^= 1;
    expect(await outcome(new Uint8Array(Buffer.concat([first, nodeGzip('x')])))).toMatch(/checksum/);
  });
});

describe('zstd', () => {
  it.each([
    ['usage-40.zst', 40],
    ['usage-500-long.zst', 500],
    ['usage-6000-fast.zst', 6000],
    ['usage-6000-best.zst', 6000],
  ])('%s', async (name, rows) => {
    const all = await unpacked(new Blob([fixture(name) as Uint8Array<ArrayBuffer>]), name);
    expect(all[0]?.text === usageText(rows)).toBe(true);
    expect(all[0]?.how).toBe('Unpacked from Zstandard.');
  });

  it('joins frames and leaves out those to be skipped', async () => {
    const skipped = Uint8Array.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);
    const frame = fixture('usage-40.zst');
    const whole = Buffer.concat([skipped, frame, skipped, frame]);
    expect(await onlyText(new Uint8Array(whole))).toBe(TEXT + TEXT);
  });

  it('reads plain and repeated blocks, and refuses a wrong size', async () => {
    const frame = (size: number): Uint8Array =>
      // a frame of one segment that states its size: "ab" as it is, then five times "c"
      Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, size, 2 << 3, 0, 0, 97, 98, (5 << 3) | 2 | 1, 0, 0, 99]);
    expect(await onlyText(frame(7))).toBe('abccccc');
    expect(await outcome(frame(8))).toMatch(/its size does not fit/);
  });

  it('refuses a wrong checksum', async () => {
    const frame = fixture('usage-6000-fast.zst');
    frame[frame.length - 1]! ^= 1;
    expect(await outcome(frame)).toMatch(/its checksum does not fit/);
  });

  it('refuses a dictionary, with the remedy', async () => {
    const dictionary = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 1, 1, 0, 0]);
    expect(await outcome(dictionary)).toMatch(/packed with a dictionary.*Unpack it/);
  });

  it('looks back 128 MiB, and refuses what reaches further', async () => {
    // blocks of 128 KiB each of one byte, and a last one that repeats three bytes from `back` bytes before
    const block = 128 * 1024;
    const reaching = (back: number): Uint8Array => {
      const header = [0x28, 0xb5, 0x2f, 0xfd, 0, (18 << 3) | 0];
      const filled = Array.from({ length: 1030 }, (_, i) => [...little((block << 3) | 2, 3), i & 255]).flat();
      const codes = [0, 1, 0x54, 0, 27, 0, ...little((2 ** 27 + (back + 3 - 2 ** 27)) % 2 ** 28, 4)];
      codes[9] = codes[9]! | 8;
      return Uint8Array.from([...header, ...filled, ...little((codes.length << 3) | 4 | 1, 3), ...codes]);
    };
    const free = { ...BOUNDS, ratio: 1e9 };
    const [file] = await unpack({ name: 'x', content: reaching(1024 * block) }, free);
    let [last, length] = [0, 0];
    for await (const piece of file!.stream()) {
      last = piece.at(-1) ?? 0;
      length += piece.length;
    }
    expect([length, last]).toEqual([1030 * block + 3, 6]);
    expect(await outcome(reaching(1024 * block + 1), 'x', free)).toMatch(/x refers more than 128 MiB back.*--long/);
  });
});

describe('a zip archive', () => {
  it('gives its files in order, and leaves out what systems put there', async () => {
    const packed = zipSync({
      'b/usage.csv': utf8(TEXT),
      '__MACOSX/b/._usage.csv': utf8('x'),
      'b/.DS_Store': utf8('x'),
      'b/': new Uint8Array(0),
      'invoice.pdf': [utf8('%PDF-1.7'), { level: 0 }],
    });
    expect(await unpacked(packed, 'export.zip')).toEqual([
      { name: 'export.zip/b/usage.csv', how: 'Unpacked from a zip archive.', text: TEXT },
      { name: 'export.zip/invoice.pdf', how: 'Unpacked from a zip archive.', text: '%PDF-1.7' },
    ]);
    const [file] = await unpack({ name: 'export.zip', content: new Blob([packed]) });
    expect(file?.size).toBe(utf8(TEXT).length);
  });

  it('shows names that are clear and differ', async () => {
    const names = ['/etc/usage.csv', '../../usage.csv', 'C:\\data\\usage.csv', 'usage.csv', 'a\u202ecsv.exe'];
    const packed = zipOf(names.map((name) => ({ name, data: utf8(name) })));
    expect((await unpacked(packed, 'a.zip')).map(({ name }) => name)).toEqual([
      'a.zip/etc/usage.csv',
      'a.zip/usage.csv',
      'a.zip/data/usage.csv',
      'a.zip/usage.csv (2)',
      'a.zip/acsv.exe',
    ]);
  });

  it('reads data descriptors, zip64 fields, comments and Zstandard members', async () => {
    const data = utf8(TEXT);
    const packed = zipOf(
      [
        { name: 'streamed.csv', data, method: 8, packed: deflateRawSync(data), descriptor: true },
        { name: 'large.csv', data, wide: true },
        { name: 'zstd.csv', data, method: 93, packed: fixture('usage-40.zst') },
      ],
      { comment: 'PK\u0005\u0006 a comment that looks like an end', wide: true },
    );
    expect((await unpacked(packed)).map(({ text }) => text)).toEqual([TEXT, TEXT, TEXT]);
  });

  it.each([
    ['encrypted', { flags: 1 }, /a.zip\/x.csv is encrypted\. Unpack it with its password/],
    ['AES', { method: 99 }, /a.zip\/x.csv is encrypted/],
    ['LZMA', { method: 14 }, /a.zip\/x.csv is packed with LZMA, which is not read/],
    ['another method', { method: 77 }, /a.zip\/x.csv is packed with method 77/],
    ['a wrong checksum', { crc: 1 }, /a.zip\/x.csv is damaged.*checksum/],
    ['a size too small', { size: 3, method: 8, packed: deflateRawSync(utf8(TEXT)) }, /a.zip\/x.csv is damaged.*longer/],
    ['a size too large', { size: 9999, method: 8, packed: deflateRawSync(utf8(TEXT)) }, /a.zip\/x.csv.*shorter/],
    ['a stored size that differs', { size: 3 }, /a.zip\/x.csv is damaged/],
  ])('refuses %s and names the file', async (_, change, message) => {
    const packed = zipOf([{ name: 'x.csv', data: utf8(TEXT), ...change }]);
    expect(await outcome(packed, 'a.zip')).toMatch(message);
    expect(await outcome(packed, 'a.zip')).toMatch(/^ContainerError/);
  });

  it('refuses an archive without files', async () => {
    expect(await outcome(zipSync({}), 'a.zip')).toBe(
      'ContainerError: a.zip is an archive without files; there is nothing to import.',
    );
  });
});

describe('one packing inside another', () => {
  it('is read once', async () => {
    const gz = gzipSync(utf8(TEXT));
    expect(await unpacked(zipSync({ 'u.csv.gz': gz, 'v.csv': utf8('v') }), 'a.zip')).toEqual([
      { name: 'a.zip/u.csv.gz', how: 'Unpacked from a zip archive. Unpacked from gzip.', text: TEXT },
      { name: 'a.zip/v.csv', how: 'Unpacked from a zip archive.', text: 'v' },
    ]);
    const zipped = gzipSync(zipSync({ 'u.csv': utf8(TEXT) }));
    expect((await unpacked(zipped, 'a.gz'))[0]).toMatchObject({ name: 'a.gz/u.csv', text: TEXT });
    const twice = zipSync({ 'b.zip': zipSync({ 'u.csv': utf8(TEXT) }) });
    expect((await unpacked(twice, 'a.zip'))[0]).toMatchObject({ name: 'a.zip/b.zip/u.csv', text: TEXT });
    expect(await onlyText(gzipSync(fixture('usage-40.zst')))).toBe(TEXT);
  });

  it('is refused a third time', async () => {
    const gz = gzipSync(utf8(TEXT));
    for (const packed of [gzipSync(gzipSync(gz)), zipSync({ 'b.zip': zipSync({ 'u.csv.gz': gz }) })]) {
      expect(await outcome(packed, 'a')).toMatch(/^ContainerError: a\S* is packed more than twice over/);
    }
  });
});

describe('packings that are known and not read', () => {
  it.each([
    [
      'an old spreadsheet',
      [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
      /old Excel file.*password.*save it as \.xlsx/,
    ],
    ['7-Zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], /7-Zip archive.*Unpack it/],
    ['RAR', [...utf8('Rar!'), 0x1a, 7, 1, 0], /RAR archive/],
    ['xz', [0xfd, ...utf8('7zXZ'), 0], /packed with xz/],
    ['bzip2', [...utf8('BZh91AY&SY')], /packed with bzip2/],
    ['tar', [...new Array<number>(257).fill(97), ...utf8('ustar\0')], /tar archive/],
  ])('%s', async (_, bytes, message) => {
    expect(await outcome(Uint8Array.from(bytes))).toMatch(message);
    expect(await outcome(gzipSync(Uint8Array.from(bytes)))).toMatch(message);
  });
});

describe('what holds no text', () => {
  const noise = Array.from({ length: 300 }, (_, i) => (i * 7919) % 256);
  it.each([
    [
      'a photo',
      [0xff, 0xd8, 0xff, 0xe0, 0, 16, ...utf8('JFIF')],
      /^ContainerError: \S+ is a picture, .*Import the export itself/,
    ],
    ['a screenshot', [0x89, ...utf8('PNG\r\n'), 0x1a, 0x0a, ...noise], /is a picture,/],
    ['a database', [...utf8('SQLite format 3\0'), ...noise], /is a database\..*opened by itself/],
    ['anything else', noise, /is no text; there is nothing to read/],
  ])('%s is refused by what it is', async (_, bytes, message) => {
    expect(await outcome(Uint8Array.from(bytes))).toMatch(message);
  });

  it('is refused by itself in an archive, and what is beside it is read', async () => {
    const photo = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]);
    const files = await unpack({ name: 'a.zip', content: zipSync({ 'p.jpg': photo, 'u.csv': utf8(TEXT) }) });
    expect(files.map(({ name }) => name)).toEqual(['a.zip/p.jpg', 'a.zip/u.csv']);
    const read = async (at: number): Promise<string> => {
      let text = '';
      for await (const piece of files[at]!.stream()) text += new TextDecoder().decode(piece);
      return text;
    };
    await expect(read(0)).rejects.toThrow(/p\.jpg is a picture/);
    expect(await read(1)).toBe(TEXT);
  });

  it.each([
    ['UTF-16 in letters of another script', [0xff, 0xfe, ...new Array<number[]>(80).fill([0x36, 0x04]).flat()]],
    ['a log filled up with zeros', [...utf8('time,cost\n'.repeat(20)), ...new Array<number>(200).fill(0)]],
  ])('%s may be text', async (_, bytes) => {
    expect(await outcome(Uint8Array.from(bytes))).not.toMatch(/no text/);
  });
});
