/** Spreadsheets become CSV texts: a line a row, numbers as written, dates in ISO 8601, formulas as text. */
import { gzipSync, unzipSync as unzipped, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { onlyText, outcome, unpacked, utf8 } from './helpers.ts';
import { xlsxOf, type Book } from './xlsxFile.ts';

function sheet(rows: string, book: Book = {}): Promise<string> {
  return onlyText(xlsxOf([{ name: 'Usage', rows }], book), 'book.xlsx');
}

/** The only cell of a sheet. */
async function cell(xml: string, book: Book = {}): Promise<string> {
  return (await sheet(`<row r="1">${xml}</row>`, book)).trimEnd();
}

describe('cells', () => {
  it.each([
    ['<c r="A1"><v>0.1</v></c>', '0.1'],
    ['<c r="A1"><v>1E-5</v></c>', '1E-5'],
    ['<c r="A1" t="n"><v>12345678901234567890.000000000001</v></c>', '12345678901234567890.000000000001'],
    ['<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['<c r="A1" t="b"><v>0</v></c>', 'FALSE'],
    ['<c r="A1" t="e"><v>#N/A</v></c>', '#N/A'],
    ['<c r="A1" t="str"><v>text</v></c>', 'text'],
    ['<c r="A1" t="inlineStr"><is><r><t>a </t></r><r><rPr><b/></rPr><t>b</t></r></is></c>', 'a b'],
    ['<c r="A1" t="inlineStr"><is><t>&lt;&amp;&#233;&#x1F600;_x000A_x_x005F_x0041_</t></is></c>', '<&é😀 x_x0041_'],
    ['<c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', 'a<b'],
    ['<c r="A1" t="inlineStr"><is><t>漢</t><rPh sb="0" eb="1"><t>kan</t></rPh></is></c>', '漢'],
    ['<c r="A1" t="inlineStr"><is><t>say "a, b"&#10;c\r\nd</t></is></c>', '"say ""a, b"" c d"'],
    ['<c r="A1" t="d"><v>2026-10-03T12:00:00</v></c>', '2026-10-03T12:00:00'],
    ['<x:c r="A1" xmlns:x="m"><x:v>5</x:v></x:c>', '5'],
    ["<c r='A1' t='n' ><v>5</v></c >", '5'],
    ['<c><v>5</v></c><!-- a > comment --><c><v>6</v></c>', '5,6'],
  ])('%s is %s', async (xml, text) => {
    expect(await cell(xml)).toBe(text);
  });

  it('takes shared texts by number', async () => {
    const strings = '<si><t xml:space="preserve"> a </t></si><si><r><t>b</t></r><r><t>c</t></r></si>';
    expect(await cell('<c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c>', { strings })).toBe('bc, a');
    expect(await outcome(xlsxOf([{ name: 'U', rows: '<row><c t="s"><v>9</v></c></row>' }], { strings }))).toMatch(
      /^ContainerError: file\/U cannot be read: a text of row 1 is missing/,
    );
  });

  it('gives formulas as text and never the value that was worked out', async () => {
    expect(await cell('<c r="A1"><f>SUM(B2:B3)</f><v>7.5</v></c>')).toBe('=SUM(B2:B3)');
    expect(await cell('<c r="A1"><f t="shared" si="0"/><v>7.5</v></c>')).toBe('=(formula)');
    expect(await cell('<c r="A1" s="1"><f>TODAY()</f><v>45933</v></c>', { formats: [14] })).toBe('=TODAY()');
    expect(await cell('<c r="A1" t="str"><f>A2&amp;"x"</f><v>x</v></c>')).toBe('"=A2&""x"""');
  });
});

describe('rows', () => {
  it('line N is row N: blank rows are empty lines, short rows are filled up', async () => {
    const rows =
      '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c></row><row r="3"/>' +
      '<row r="5"><c r="B5"><v>2</v></c><c r="D5" s="1"/></row>';
    expect(await sheet(rows)).toBe('\n1,,3\n\n\n,2,\n');
  });

  it('reads a sheet that is longer than its pieces', async () => {
    const count = 60_000;
    const rows = Array.from(
      { length: count },
      (_, i) => `<row><c><v>${i}.5</v></c><c t="inlineStr"><is><t>é${i}</t></is></c></row>`,
    );
    const expected = Array.from({ length: count }, (_, i) => `${i}.5,é${i}\n`).join('');
    expect((await sheet(rows.join(''))) === expected).toBe(true);
  });

  it.each([
    ['<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>', /row 3 is out of order/],
    ['<row r="1048577"><c><v>1</v></c></row>', /row 1 is out of order/],
    ['<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', /a cell of row 1 is out of order/],
    ['<row r="1"><c r="XFE1"><v>1</v></c></row>', /a cell of row 1 is out of order/],
    ['<row r="1"><c><v>1</v></row>', /closes nothing that is open/],
    ['<row r="1"><c><v>1</v></c>', /closes nothing that is open|cut off/],
  ])('%s is refused', async (rows, message) => {
    expect(await outcome(xlsxOf([{ name: 'U', rows }]))).toMatch(message);
    expect(await outcome(xlsxOf([{ name: 'U', rows }]))).toMatch(/^ContainerError/);
  });

  it('a few cells far to the right do not become gigabytes', async () => {
    const rows = Array.from({ length: 4000 }, (_, i) => `<row><c r="XFD${i + 1}"><v>1</v></c></row>`).join('');
    expect(await outcome(xlsxOf([{ name: 'U', rows }]))).toMatch(/file\/U unpacks to more than 200 times its size/);
  });
});

describe('dates', () => {
  const date = (serial: string, format: number | string, from1904 = false): Promise<string> =>
    cell(`<c r="A1" s="1"><v>${serial}</v></c>`, { formats: [format], from1904 });

  it.each([
    ['46298', 14, '2026-10-03'],
    ['46298.5', 22, '2026-10-03T12:00:00'],
    ['46298.500011574075', 22, '2026-10-03T12:00:01'],
    ['46298.99999999999', 22, '2026-10-04'],
    ['46298.5000014', 'yyyy-mm-dd hh:mm:ss.000', '2026-10-03T12:00:00.121'],
    ['1', 14, '1900-01-01'],
    ['59', 14, '1900-02-28'],
    ['60', 14, '1900-02-29'],
    ['61', 14, '1900-03-01'],
    ['2958465', 14, '9999-12-31'],
    ['2958466', 14, '2958466'],
    ['-1', 14, '-1'],
    ['0.75', 20, '18:00:00'],
    ['1.5', 46, '36:00:00'],
    ['1.5', '[hh]:mm', '36:00:00'],
    ['46298', 'd\\. mmmm yyyy', '2026-10-03'],
    ['46298', '[$-407]dd/mm/yy;@', '2026-10-03'],
    ['46298', 'yyyy"年"m"月"', '2026-10-03'],
  ])('%s in format %s is %s', async (serial, format, text) => {
    expect(await date(serial, format)).toBe(text);
  });

  it.each([
    0,
    1,
    2,
    4,
    9,
    10,
    11,
    44,
    49,
    'General',
    '0.00E+00',
    '#,##0.00 "days"',
    '[Red]0.00',
    '0\\d',
    '_-* #,##0 [$USD]',
  ])('format %s shows a number', async (format) => {
    expect(await date('46298.5', format)).toBe('46298.5');
  });

  it('count from 1904 where the file says so', async () => {
    expect(await date('44836', 14, true)).toBe('2026-10-03');
    expect(await date('0', 14, true)).toBe('1904-01-01');
  });
});

describe('sheets', () => {
  const one = '<row><c><v>1</v></c></row>';

  it('gives each visible sheet with cells, and says which were left out', async () => {
    const book = xlsxOf([
      { name: 'Usage &amp; cost', rows: one },
      { name: 'Notes', rows: '<row r="1"/>' },
      { name: 'Rates', rows: one, state: 'hidden' },
      { name: 'Secret', rows: one, state: 'veryHidden' },
      { name: 'More', rows: one },
    ]);
    expect(await unpacked(book, 'book.xlsx')).toEqual([
      {
        name: 'book.xlsx/Usage & cost',
        how: 'Sheet Usage & cost of a spreadsheet. Left out, because hidden: sheets Rates, Secret.',
        text: '1\n',
      },
      {
        name: 'book.xlsx/More',
        how: 'Sheet More of a spreadsheet. Left out, because hidden: sheets Rates, Secret.',
        text: '1\n',
      },
    ]);
  });

  it('are found inside gzip and zip', async () => {
    const book = xlsxOf([{ name: 'Usage', rows: one }]);
    expect(await unpacked(zipSync({ 'b.xlsx': book }), 'a.zip')).toEqual([
      { name: 'a.zip/b.xlsx/Usage', how: 'Unpacked from a zip archive. Sheet Usage of a spreadsheet.', text: '1\n' },
    ]);
    expect(await onlyText(gzipSync(book))).toBe('1\n');
  });

  it('are missed where there are none', async () => {
    const hidden = xlsxOf([{ name: 'Usage', rows: one, state: 'hidden' }]);
    expect(await outcome(hidden, 'b.xlsx')).toMatch(/b.xlsx has no visible sheet with a cell in it/);
  });

  it('are read in UTF-16 too', async () => {
    const utf16 = Buffer.from(
      '\ufeff<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>',
      'utf16le',
    );
    const parts = {
      ...unzipped(xlsxOf([{ name: 'Usage', rows: one }])),
      'xl/worksheets/sheet1.xml': new Uint8Array(utf16),
    };
    expect(await onlyText(zipSync(parts))).toBe('7\n');
  });
});

describe('what is refused', () => {
  const rows = '<row><c><v>1</v></c></row>';

  it('document types and entities of the file, in any part', async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
    expect(await outcome(xlsxOf([{ name: 'U', rows }], { prolog: doctype }))).toMatch(/^ContainerError.*document type/);
    const entity = '<row><c t="inlineStr"><is><t>&b;</t></is></c></row>';
    expect(await outcome(xlsxOf([{ name: 'U', rows: entity }]))).toMatch(/^ContainerError.*the entity &b; is not read/);
    const external = { 'xl/sharedStrings.xml': '<!DOCTYPE s SYSTEM "file:///etc/passwd"><sst/>' };
    const shared = '<row><c t="s"><v>0</v></c></row>';
    expect(await outcome(xlsxOf([{ name: 'U', rows: shared }], { more: external }))).toMatch(/document type/);
  });

  it('elements that lie too deep', async () => {
    expect(await outcome(xlsxOf([{ name: 'U', rows: rows + '<a>'.repeat(200) }]))).toMatch(/deeper than 100/);
  });

  it('other documents, with the remedy', async () => {
    const types = { '[Content_Types].xml': utf8('<Types/>') };
    expect(await outcome(zipSync({ ...types, 'word/document.xml': utf8('<w/>') }), 'a.docx')).toMatch(
      /a Word document/,
    );
    expect(await outcome(zipSync({ ...types, 'xl/workbook.bin': utf8('x') }), 'a.xlsb')).toMatch(
      /\.xlsb.*Save the table/,
    );
    const ods = { mimetype: utf8('x'), 'content.xml': utf8('<x/>'), 'META-INF/manifest.xml': utf8('<x/>') };
    expect(await outcome(zipSync(ods), 'a.ods')).toMatch(/OpenDocument.*Save the table as \.xlsx or CSV/);
  });

  it('a workbook whose sheet is missing', async () => {
    const { 'xl/worksheets/sheet1.xml': _, ...rest } = unzipped(xlsxOf([{ name: 'U', rows }]));
    expect(await outcome(zipSync(rest), 'b.xlsx')).toMatch(/^ContainerError: b.xlsx is damaged.*sheet1.xml/);
  });

  it('a workbook whose styles are missing, which tell dates from numbers', async () => {
    const { 'xl/styles.xml': _, ...rest } = unzipped(xlsxOf([{ name: 'U', rows }], { formats: [22] }));
    expect(await outcome(zipSync(rest), 'b.xlsx')).toMatch(/^ContainerError: b.xlsx is damaged.*styles.xml/);
  });
});
