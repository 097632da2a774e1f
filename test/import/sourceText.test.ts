/** The kept text of a file: whole again, and its lines where the scanner counts them. */
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceText } from '../../shared/domain/sourceText.ts';
import { TextPacker, bytesOf as textBytes, linesAround } from '../../shared/import/sourceText.ts';
import { bytesOf, read, rowsOf } from './helpers.ts';

const [deflated, inflated] = [promisify(deflateRaw), promisify(inflateRaw)];
const deflate = async (bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(await deflated(bytes, { level: 1 }));
const inflate = async (bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(await inflated(bytes));

async function packed(bytes: Uint8Array, cuts: readonly number[] = []): Promise<SourceText> {
  const packer = new TextPacker(deflate);
  let at = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    await packer.push(bytes.subarray(at, Math.max(at, cut)));
    at = Math.max(at, cut);
  }
  return packer.finish();
}

const utf16 = (text: string, little: boolean): Uint8Array =>
  Uint8Array.from(
    [0xfeff, ...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))].flatMap((unit) =>
      little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255],
    ),
  );

describe('the text of a file', () => {
  const long = Array.from({ length: 60_000 }, (_, i) => `${i},${'é'.repeat(i % 9)}`);

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('is whole again, and its lines end at %s', async (_, newline) => {
    const text = long.join(newline) + newline;
    for (const [encoding, bytes] of [
      ['utf-8', bytesOf(text)],
      ['utf-16le', utf16(text, true)],
      ['utf-16be', utf16(text, false)],
    ] as const) {
      const source = await packed(bytes, [1, 7, 300_000, 300_001]);
      expect(source.pieces.length).toBeGreaterThan(1);
      expect(Buffer.compare(await textBytes(source, inflate), bytes)).toBe(0);
      const [piece] = source.pieces.slice(1);
      for (const line of [1, 2, piece?.line ?? 0, (piece?.line ?? 0) + 1, 30_000, 60_000]) {
        const around = await linesAround(source, encoding, line, 1, inflate);
        expect(around).toEqual(
          [line - 1, line, line + 1].filter((n) => n >= 1 && n <= 60_000).map((n) => ({ line: n, text: long[n - 1] })),
        );
      }
      expect(await linesAround(source, encoding, 90_000, 2, inflate)).toEqual([]);
    }
  });

  it('counts lines as rows are counted, in any pieces', async () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\r', ',', 'é', '"'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(60), { maxLength: 6 }), async (text, cuts) => {
        const lines = await linesAround(await packed(bytesOf(text), cuts), 'utf-8', 1, 100, inflate);
        const expected = text.split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        expect(lines).toEqual(expected.map((line, index) => ({ line: index + 1, text: line })));
      }),
      { numRuns: 300 },
    );
  });

  it('a file of one long line is shown from its beginning', async () => {
    const source = await packed(bytesOf('x'.repeat(3_000_000)));
    const [line, ...more] = await linesAround(source, 'utf-8', 1, 5, inflate);
    expect([line?.line, line?.text.length, more]).toEqual([1, 20_000, []]);
  });

  it('is kept with what was read from it, line by line', async () => {
    const text = 'time,model,cost\r\n2026-10-01T00:00:00Z,"two\nlines",1\n2026-10-01T00:00:00Z,größe,2\n';
    const { batch, text: source, report } = await read(text, { deflate });
    expect(report).toMatchObject({ size: bytesOf(text).length, encoding: 'utf-8', kind: 'usage' });
    if (source === null) throw new Error('no text');
    const lines = await Promise.all(
      rowsOf(batch).map(async ({ line }) => (await linesAround(source, 'utf-8', line ?? 0, 0, inflate))[0]?.text),
    );
    expect(lines).toEqual(['2026-10-01T00:00:00Z,"two', '2026-10-01T00:00:00Z,größe,2']);
    expect((await read(text)).text).toBeNull();
    expect((await read('nothing', { deflate })).text).toBeNull();
  });

  it('what cannot be packed is no text', async () => {
    const fails = (): Promise<Uint8Array> => Promise.reject(new Error('no room'));
    await expect(read('time,cost\n2026-10-01T00:00:00Z,1\n', { deflate: fails })).rejects.toThrow('no room');
  });
});
