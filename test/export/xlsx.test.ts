/** Spreadsheets that are written, read back by the reader of imported ones. */
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { formatAtoms, parseAmount } from '../../shared/domain/money.ts';
import { writeXlsx, type Cell, type Column } from '../../shared/export/xlsx.ts';
import { parseCsv, sheetsOf } from './readBack.ts';

const column = (kind: Column['kind'], title: string = kind): Column => ({ title, kind });

async function rowsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[]): Promise<string[][]> {
  const [sheet] = await sheetsOf(await writeXlsx([{ name: 'Table', columns, rows }]));
  return sheet?.rows ?? [];
}

async function partOf(path: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Promise<string> {
  return strFromU8(unzipSync(await writeXlsx([{ name: 'Table', columns, rows }]))[path] ?? new Uint8Array());
}

const SHEET = 'xl/worksheets/sheet1.xml';

describe('text', () => {
  test('that looks like a formula stays text: typed so, with no formula in the file', async () => {
    const texts = ['=1+1', '+49 30 1234', '-cmd', '@SUM(A1)', '=HYPERLINK("http://x","y")', '\uff1d1+1', '1e5', '007'];
    const columns = [column('text')];
    const rows = texts.map((text) => [text]);
    expect((await rowsOf(columns, rows)).slice(1)).toEqual(rows);
    const xml = await partOf(SHEET, columns, rows);
    expect(xml).not.toContain('<f');
    expect(xml.match(/t="inlineStr"/g)).toHaveLength(texts.length + 1);
  });

  test('comes back as it was, whatever characters it has', async () => {
    const text = fc
      .oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a_x0041_b', '_x000D_', '\u0000\u0007', 'b\tc', ' x '))
      // the reader keeps a row on one line
      .filter((value) => value !== '' && !/[\r\n]|\p{Surrogate}/u.test(value));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
        const read = await rowsOf(
          [column('text')],
          texts.map((each) => [each]),
        );
        expect(read.slice(1)).toEqual(texts.map((each) => [each]));
      }),
      { numRuns: 100 },
    );
  });

  test('keeps its line breaks and tells halves of characters', async () => {
    const xml = await partOf(SHEET, [column('text')], [['a\r\nb'], ['\ud800<']]);
    expect(xml).toContain('>a_x000D_\nb</t>');
    expect(xml).toContain('>\ufffd&lt;</t>');
  });

  test('longer than a cell holds says that it was cut off', async () => {
    const [, [cell = ''] = []] = await rowsOf([column('text')], [['x'.repeat(40_000)]]);
    expect(cell).toHaveLength(32_767);
    expect(cell).toMatch(/x \[cut off: 40000 characters\]$/);
  });
});

describe('amounts', () => {
  test('keep every digit: numbers to 15 of them, text beyond', async () => {
    const amount = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(formatAtoms);
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 20 }), async (amounts) => {
        const rows = amounts.map((each) => [each]);
        const read = await rowsOf([column('amount')], rows);
        expect(read.slice(1).map(([cell = '']) => parseAmount(cell))).toEqual(amounts.map((each) => parseAmount(each)));
        const xml = await partOf(SHEET, [column('amount')], rows);
        for (const [, value = ''] of xml.matchAll(/<v>([^<]*)<\/v>/g))
          expect(parseAmount(String(Number(value)))).toBe(parseAmount(value));
      }),
      { numRuns: 50 },
    );
  });

  test('are numbers with a format of their digits, so that a program adds them up', async () => {
    const xml = await partOf(SHEET, [column('amount')], [['12.5'], ['0.123456789012'], ['1234567890123.456']]);
    const cells = [...xml.matchAll(/<c r="A\d" s="(\d+)"( t="inlineStr")?>/g)].slice(1);
    expect(cells.map(([, , text]) => text !== undefined)).toEqual([false, false, true]);
    const styles = await partOf('xl/styles.xml', [column('amount')], []);
    const formats = [...styles.matchAll(/formatCode="([^"]*)"/g)].map(([, code]) => code);
    const used = [...styles.matchAll(/<xf numFmtId="(\d+)"[^>]*xfId/g)].map(([, id]) => formats[Number(id) - 164]);
    expect(cells.slice(0, 2).map(([, style]) => used[Number(style)])).toEqual(['0.00', '0.000000000000']);
  });

  test('that are none stand as text', async () => {
    expect((await rowsOf([column('amount'), column('integer')], [['=1+1', 'n/a']])).slice(1)).toEqual([
      ['=1+1', 'n/a'],
    ]);
  });
});

test('dates and instants are a spreadsheet’s own, to the millisecond, and text outside its calendar', async () => {
  const columns = [column('date'), column('instant')];
  const rows = [
    ['2026-02-28', Date.UTC(2026, 1, 28, 23, 59, 59, 999)],
    ['1900-03-01', Date.UTC(1900, 2, 1, 1)],
    ['1899-12-31', 'never'],
    ['2026-02-30', null],
  ];
  expect((await rowsOf(columns, rows)).slice(1)).toEqual([
    ['2026-02-28', '2026-02-28T23:59:59.999'],
    ['1900-03-01', '1900-03-01T01:00:00'],
    ['1899-12-31', 'never'],
    ['2026-02-30', ''],
  ]);
});

describe('the file', () => {
  const sheet = (rows: readonly (readonly Cell[])[], name = 'Table'): Parameters<typeof writeXlsx>[0][number] => ({
    name,
    columns: [column('integer', 'n'), column('text', 'of')],
    rows,
  });

  test('has the same bytes for the same rows', async () => {
    const rows = [[1, 'a'] as const];
    expect(await writeXlsx([sheet(rows)])).toEqual(await writeXlsx([sheet(rows)]));
  });

  test('has a frozen header, widths and a filter over all rows', async () => {
    const xml = strFromU8(
      unzipSync(
        await writeXlsx([
          sheet([
            [1, 'a'],
            [2, 'b'],
          ]),
        ]),
      )[SHEET] ?? new Uint8Array(),
    );
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<autoFilter ref="A1:B3"/>');
    expect(xml.match(/<col /g)).toHaveLength(2);
  });

  test('goes on with another sheet where one is full, header and all', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => [index, 'x'] as const);
    const sheets = await sheetsOf(await writeXlsx([sheet(rows)], { maxRows: 4 }));
    expect(sheets.map(({ name, rows: of }) => [name, of.map(([n]) => n)])).toEqual([
      ['Table', ['n', '0', '1', '2']],
      ['Table 2', ['n', '3', '4', '5']],
      ['Table 3', ['n', '6']],
    ]);
  });

  test('has names of sheets that programs take', async () => {
    const names = ['a/b:c', 'A b c', "'quoted'", 'x'.repeat(40), 'x'.repeat(40), '', 'History'];
    const sheets = await sheetsOf(await writeXlsx(names.map((name) => sheet([[1, 'a']], name))));
    const written = sheets.map(({ name }) => name);
    expect(written).toEqual([
      'a b c',
      'A b c 2',
      'quoted',
      'x'.repeat(31),
      `${'x'.repeat(29)} 2`,
      'Sheet',
      'Sheet History',
    ]);
  });

  test('is not finished where the caller stops it', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => [index, 'x'] as const);
    const seen: number[] = [];
    const stopped = writeXlsx([sheet(rows)], {
      pause: (done) => {
        seen.push(done);
        return done >= 2_000 ? Promise.reject(new Error('enough')) : Promise.resolve();
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(seen).toEqual([1_000, 2_000]);
  });
});

test('the reader’s CSV comes apart as it was put together', () => {
  expect(parseCsv('a,"b ""c""\r\nd"\r\n,\r\n')).toEqual([
    ['a', 'b "c"\r\nd'],
    ['', ''],
  ]);
});
