/** Whatever bytes are wrong, missing or too many: a result or a ContainerError, and soon. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { fixture, outcome, usageText, utf8 } from './helpers.ts';
import { xlsxOf } from './xlsxFile.ts';
import { zipOf } from './zipFile.ts';

const TEXT = usageText(12);

function parquet(): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'at', data: Array.from({ length: 30 }, (_, i) => (i % 5 === 0 ? null : BigInt(i))), type: 'INT64' },
      { name: 'model', data: Array.from({ length: 30 }, (_, i) => `m${i % 3}`), type: 'STRING' },
      { name: 'tags', data: Array.from({ length: 30 }, (_, i) => ['x', `y${i}`]), type: 'JSON' },
      {
        name: 'tokens',
        data: Array.from({ length: 30 }, (_, i) => BigInt(i * i)),
        type: 'INT64',
        encoding: 'DELTA_BINARY_PACKED',
      },
    ],
  });
  return new Uint8Array(buffer);
}

const SAMPLES: readonly (readonly [string, Uint8Array])[] = [
  ['gzip', new Uint8Array(gzipSync(TEXT))],
  ['zip', zipOf([{ name: 'u.csv', data: utf8(TEXT), method: 8, packed: deflateRawSync(utf8(TEXT)) }], { wide: true })],
  ['zstd', fixture('usage-40.zst')],
  [
    'spreadsheet',
    xlsxOf([{ name: 'U', rows: '<row><c t="s"><v>0</v></c><c s="1"><v>4</v></c></row>' }], {
      strings: '<si><t>a</t></si>',
      formats: [14],
    }),
  ],
  ['Parquet', parquet()],
];

/** Some bytes, such as those of a time, mean nothing, and a file may stop being packed at all. */
const ANSWER = /^(\d+ texts|ContainerError: )/;

describe.each(SAMPLES)('%s', (_, sample) => {
  it('has an answer with any one byte changed', async () => {
    for (let at = 0; at < sample.length; at++) {
      const wrong = sample.slice();
      wrong[at]! ^= at % 2 === 0 ? 0x01 : 0xff;
      expect(await outcome(wrong), `byte ${at}`).toMatch(ANSWER);
    }
  });

  it('has an answer cut off anywhere', async () => {
    for (let length = 0; length < sample.length; length++) {
      const answer = await outcome(sample.subarray(0, length));
      // five bytes and more are recognised
      expect(answer, `first ${length} bytes`).toMatch(length < 5 ? ANSWER : /^ContainerError: /);
    }
  });

  it('has an answer with anything changed', async () => {
    const change = fc.tuple(fc.nat({ max: sample.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const wrong = sample.slice();
        for (const [at, bytes] of changes) wrong.set(bytes.subarray(0, sample.length - at), at);
        expect(await outcome(wrong)).toMatch(ANSWER);
      }),
      { numRuns: 100 },
    );
  });
});

it('no changed text passes where there is a checksum', async () => {
  const [, packed] = SAMPLES[0]!;
  // behind the header, which holds a time and a system
  for (let at = 10; at < packed.length; at++) {
    const wrong = packed.slice();
    wrong[at]! ^= 0x10;
    expect(await outcome(wrong), `byte ${at}`).toMatch(/^ContainerError/);
  }
});
