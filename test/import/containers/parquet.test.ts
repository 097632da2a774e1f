/** Parquet files become CSV texts with a header, exact to the digit, whatever the encoding and packing of their pages. */
import { brotliCompressSync, gzipSync as nodeGzip } from 'node:zlib';
import { gzipSync } from 'fflate';
import fc from 'fast-check';
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { onlyText, outcome, unpacked } from './helpers.ts';

type Options = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;

function parquetOf(columnData: ColumnSource[], options: Options = {}): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, ...options }));
}

/** One column of a type of its own, as the lines below the header. */
async function column(element: Omit<SchemaElement, 'name'>, data: unknown[], options: Options = {}): Promise<string[]> {
  const schema = [
    { name: 'root', num_children: 1 },
    { name: 'x', repetition_type: 'OPTIONAL' as const, ...element },
  ];
  const text = await onlyText(parquetOf([{ name: 'x', data }], { schema, statistics: false, ...options }));
  return text.split('\n').slice(1, -1);
}

function bigEndian(value: bigint, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) =>
    Number((BigInt.asUintN(bytes * 8, value) >> BigInt(8 * (bytes - 1 - i))) & 255n),
  );
}

describe('values', () => {
  it('are exact integers', async () => {
    const ints = [9223372036854775807n, -9223372036854775808n, 0n, null];
    expect(await column({ type: 'INT64' }, ints)).toEqual(['9223372036854775807', '-9223372036854775808', '0', '""']);
    expect(await column({ type: 'INT64', converted_type: 'UINT_64' }, [2n ** 64n - 1n])).toEqual([
      '18446744073709551615',
    ]);
    expect(await column({ type: 'INT32', converted_type: 'UINT_32' }, [4294967295, 7])).toEqual(['4294967295', '7']);
    expect(await column({ type: 'INT32' }, [-2147483648, 2147483647])).toEqual(['-2147483648', '2147483647']);
  });

  it('are exact decimals of any length, from whatever they are stored as', async () => {
    const decimal = (scale: number) => ({ converted_type: 'DECIMAL' as const, scale, precision: 38 });
    const wide = 12345678901234567890123456789012345n;
    const fixed = { type: 'FIXED_LEN_BYTE_ARRAY' as const, type_length: 16, ...decimal(12) };
    // the writer takes numbers for decimals, so their bytes are written as bytes and named in the file afterwards
    const bytes = [wide, -1n, 0n, 1_000_000_000_000n].map((value) => bigEndian(value, 16));
    expect(await named(fixed, bytes)).toEqual([
      '12345678901234567890123.456789012345',
      '-0.000000000001',
      '0.000000000000',
      '1.000000000000',
    ]);
    const ints = [123n, -5n, 9007199254740993n];
    expect(await named({ type: 'INT64', ...decimal(2) }, ints)).toEqual(['1.23', '-0.05', '90071992547409.93']);
    expect(await named({ type: 'INT32', ...decimal(3) }, [1, -1000])).toEqual(['0.001', '-1.000']);
    expect(await named({ type: 'BYTE_ARRAY', ...decimal(1) }, [bigEndian(-12n, 1)])).toEqual(['-1.2']);
  });

  it('are times with a zone where the file states one', async () => {
    const at = (isAdjustedToUTC: boolean, unit: 'MILLIS' | 'MICROS' | 'NANOS') => ({
      type: 'INT64' as const,
      logical_type: { type: 'TIMESTAMP' as const, isAdjustedToUTC, unit },
    });
    expect(await named(at(true, 'MILLIS'), [1790769600000n, 1790769600123n, -1n])).toEqual([
      '2026-09-30T12:00:00Z',
      '2026-09-30T12:00:00.123Z',
      '1969-12-31T23:59:59.999Z',
    ]);
    expect(await named(at(false, 'MICROS'), [1790769600000001n])).toEqual(['2026-09-30T12:00:00.000001']);
    expect(await named(at(true, 'NANOS'), [1790769600123456789n])).toEqual(['2026-09-30T12:00:00.123456789Z']);
    expect(await named({ type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, [1500n])).toEqual([
      '1970-01-01T00:00:00.001500Z',
    ]);
    expect(await named({ type: 'INT32', converted_type: 'DATE' }, [20729, -1, 0])).toEqual([
      '2026-10-03',
      '1969-12-31',
      '1970-01-01',
    ]);
    expect(await named({ type: 'INT32', converted_type: 'TIME_MILLIS' }, [43200500])).toEqual(['12:00:00.500']);
  });

  it('are the shortest decimals that are the stored float', async () => {
    expect(await column({ type: 'DOUBLE' }, [0.1, -2.5, 1e-7, 1e21, NaN])).toEqual([
      '0.1',
      '-2.5',
      '1e-7',
      '1e+21',
      'NaN',
    ]);
    expect(await column({ type: 'FLOAT' }, [0.1, 16777216, -0.5].map(Math.fround))).toEqual([
      '0.1',
      '16777216',
      '-0.5',
    ]);
  });

  it('are texts in UTF-8, and the rest', async () => {
    expect(await column({ type: 'BYTE_ARRAY', converted_type: 'UTF8' }, ['é', 'a,"b"', 'c\nd', '', null])).toEqual([
      'é',
      '"a,""b"""',
      'c d',
      '""',
      '""',
    ]);
    expect(await column({ type: 'BOOLEAN' }, [true, false, null])).toEqual(['true', 'false', '""']);
    const uuid = { type: 'FIXED_LEN_BYTE_ARRAY' as const, type_length: 16, logical_type: { type: 'UUID' as const } };
    expect(await column(uuid, ['01234567-89ab-cdef-0123-456789abcdef'])).toEqual([
      '01234567-89ab-cdef-0123-456789abcdef',
    ]);
  });

  /** Written without the meaning that would make the writer convert, which is then put into the file's description. */
  async function named(element: Omit<SchemaElement, 'name'>, data: unknown[]): Promise<string[]> {
    const { type, type_length, ...meaning } = element;
    const plain = { type, ...(type_length === undefined ? {} : { type_length }) } as Omit<SchemaElement, 'name'>;
    const schema = [
      { name: 'root', num_children: 1 },
      { name: 'x', repetition_type: 'OPTIONAL' as const, ...plain },
    ];
    const written = parquetOf([{ name: 'x', data }], { schema, statistics: false });
    Object.assign(schema[1]!, meaning);
    const described = parquetOf([{ name: 'x', data: [] }], { schema, statistics: false });
    return (await onlyText(withSchema(written, described))).split('\n').slice(1, -1);
  }
});

/** The first file with the schema of the second in its description. */
function withSchema(file: Uint8Array, other: Uint8Array): Uint8Array {
  const footer = (bytes: Uint8Array): Buffer => {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true);
    return Buffer.from(bytes.subarray(bytes.length - 8 - length, bytes.length - 8));
  };
  const [mine, theirs] = [footer(file), footer(other)];
  // version, schema list, then the number of rows: field 3, an i64
  const rowsAt = (bytes: Buffer, rows: number): number => bytes.indexOf(Buffer.from([0x16, rows * 2, 0x19]), 4);
  const rows = mine.subarray(rowsAt(mine, rowsOf(mine)));
  const schema = theirs.subarray(0, rowsAt(theirs, 0));
  const description = Buffer.concat([schema, rows]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(description.length);
  return new Uint8Array(
    Buffer.concat([file.subarray(0, file.length - 8 - mine.length), description, length, Buffer.from('PAR1')]),
  );
}

function rowsOf(footer: Buffer): number {
  for (let rows = 1; rows < 64; rows++) if (footer.indexOf(Buffer.from([0x16, rows * 2, 0x19]), 4) > 0) return rows;
  throw new Error('no rows');
}

describe('tables', () => {
  it('have a header, and row N on line N + 1, over row groups and pages', async () => {
    const count = 5000;
    const columnData: ColumnSource[] = [
      { name: 'at', data: Array.from({ length: count }, (_, i) => BigInt(i)), type: 'INT64' },
      { name: 'model', data: Array.from({ length: count }, (_, i) => `m${i % 3}`), type: 'STRING' },
      { name: 'cost', data: Array.from({ length: count }, (_, i) => (i % 7 === 0 ? null : i / 8)), type: 'DOUBLE' },
    ];
    const lines = (
      await onlyText(new Blob([parquetOf(columnData, { rowGroupSize: 700, pageSize: 500 }) as Uint8Array<ArrayBuffer>]))
    ).split('\n');
    expect(lines.length).toBe(count + 2);
    expect([lines[0], lines[1], lines[4002], lines[5000]]).toEqual([
      'at,model,cost',
      '0,m0,',
      '4001,m2,500.125',
      '4999,m1,624.875',
    ]);
  });

  it('are told by their bytes, alone and in gzip', async () => {
    const file = parquetOf([{ name: 'a', data: [1, 2], type: 'INT32' }]);
    const text = 'a\n1\n2\n';
    expect(await unpacked(file, 'u.bin')).toEqual([{ name: 'u.bin', how: 'Rows of a Parquet file.', text }]);
    expect(await unpacked(gzipSync(file), 'u.gz')).toEqual([
      { name: 'u.gz', how: 'Unpacked from gzip. Rows of a Parquet file.', text },
    ]);
  });

  it.each(['PLAIN', 'DELTA_BINARY_PACKED', 'BYTE_STREAM_SPLIT'] as const)('read integers in %s', async (encoding) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1, maxLength: 300 }),
        async (data) => {
          const file = parquetOf([{ name: 'x', data, type: 'INT64', encoding, nullable: false }]);
          expect(await onlyText(file)).toBe(`x\n${data.join('\n')}\n`);
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each(['PLAIN', 'DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY', 'RLE_DICTIONARY'] as const)(
    'read texts in %s',
    async (encoding) => {
      const data = Array.from({ length: 400 }, (_, i) => `model-${i % 20}-é`);
      expect(await onlyText(parquetOf([{ name: 'x', data, type: 'STRING', encoding }]))).toBe(
        `x\n${data.join('\n')}\n`,
      );
    },
  );

  it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4_RAW'] as const)(
    'read pages packed with %s',
    async (codec) => {
      const compressors = {
        GZIP: (input: Uint8Array) => new Uint8Array(nodeGzip(input)),
        BROTLI: (input: Uint8Array) => new Uint8Array(brotliCompressSync(input)),
        // one block as it is
        ZSTD: (input: Uint8Array) =>
          Uint8Array.from([
            0x28,
            0xb5,
            0x2f,
            0xfd,
            0,
            0x40,
            ((input.length << 3) | 1) & 255,
            input.length >> 5,
            0,
            ...input,
          ]),
        // literals alone
        LZ4_RAW: (input: Uint8Array) => {
          const more = input.length - 15;
          return Uint8Array.from([0xf0, ...new Array<number>(Math.floor(more / 255)).fill(255), more % 255, ...input]);
        },
      };
      const data = Array.from({ length: 100 }, (_, i) => `model-${i}`);
      const file = parquetOf([{ name: 'x', data, type: 'STRING', encoding: 'PLAIN' }], { codec, compressors });
      expect(await onlyText(file)).toBe(`x\n${data.join('\n')}\n`);
    },
  );

  it('flatten structs, and give lists and maps as JSON', async () => {
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 4 },
      { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
      { name: 'usage', num_children: 2, repetition_type: 'OPTIONAL' },
      { name: 'input', type: 'INT64', repetition_type: 'OPTIONAL' },
      { name: 'model', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'tags', num_children: 1, repetition_type: 'OPTIONAL', converted_type: 'LIST' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'by', num_children: 1, repetition_type: 'OPTIONAL', converted_type: 'MAP' },
      { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
      { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'value', type: 'INT64', repetition_type: 'OPTIONAL' },
    ];
    const columnData = [
      { name: 'id', data: [1n, 2n, 3n] },
      { name: 'usage', data: [{ input: 5n, model: 'a' }, null, { input: null, model: 'b' }] },
      { name: 'tags', data: [['x', null, 'y"'], [], null] },
      { name: 'by', data: [{ k: 9007199254740993n, l: null }, {}, null] },
    ];
    expect(await onlyText(parquetOf(columnData, { schema }))).toBe(
      'id,usage.input,usage.model,tags,by\n' +
        '1,5,a,"[""x"",null,""y\\""""]","{""k"":9007199254740993,""l"":null}"\n' +
        '2,,,[],{}\n' +
        '3,,b,,\n',
    );
  });

  it('refuse a file that is cut off, and one that is encrypted', async () => {
    const file = parquetOf([{ name: 'a', data: [1, 2], type: 'INT32' }]);
    expect(await outcome(file.subarray(0, file.length - 1), 'u.parquet')).toMatch(
      /^ContainerError: u.parquet is damaged.*its end is missing/,
    );
    const encrypted = Uint8Array.from([...Buffer.from('PARE'), 0x15, ...file.subarray(5)]);
    expect(await outcome(encrypted)).toMatch(/encrypted Parquet file/);
  });
});
