/** What the import page says and shows of a file: pure, from a preview. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProfiles, writeProfiles } from '../../renderer/app/profiles.ts';
import { choicesText } from '../../renderer/features/data/choicesText.ts';
import { alignLines } from '../../renderer/features/importing/alignedLines.ts';
import { answerOf, withAnswer, withMeaning } from '../../renderer/features/importing/answers.ts';
import { countsText, isTaken, staysOutText, stateOf } from '../../renderer/features/importing/fileState.ts';
import { delimiterOf, isHeader, rawParts, splitFields } from '../../renderer/features/importing/rawLine.ts';
import { tieFigures } from '../../renderer/features/importing/tieFigures.ts';
import { dateText, plural, sizeText } from '../../renderer/ui/format.ts';
import { totalsText } from '../../renderer/ui/totals.ts';
import { NO_ROWS, dailyCosts, openQuestions, preview, report, unreadable, usageLog } from './fakePreviews.ts';
import { bankCsv, mt940, repeatedFile } from './fakeStatements.ts';

const NONE: ReadonlySet<number> = new Set();

describe('how a file stands', () => {
  test.each([
    ['a statement that ties', bankCsv(1), 'ties to the cent', true],
    ['one that does not', mt940(1, 'a.sta', {}), 'stops tying at line 15', false],
    ['repeated ids', usageLog(1, 'a.ndjson'), '2 repeated ids, 0.05 USD left out', true],
    ['open questions', openQuestions(1, 'a.csv', {}), '2 questions open', false],
    ['one question', openQuestions(1, 'a.csv', { zone: 'UTC' }), '1 question open', false],
    ['rejected rows', openQuestions(1, 'a.csv', { zone: 'UTC', dateOrder: 'dmy' }), '1 row rejected', true],
    ['an unreadable file', unreadable(1, 'a.bin'), 'cannot be read', false],
    [
      'a table with unknown columns',
      { ...unreadable(1, 'a.csv'), columns: [{ header: 'when', meaning: null, example: '3/10' }] },
      'its columns are not known',
      false,
    ],
    ['the same bytes again', repeatedFile(1, 'a.csv'), 'imported before, nothing to store', false],
    ['double counting', dailyCosts(1, 'a.csv', {}, 'b.csv'), 'counts the same as b.csv', false],
    ['a clean log', dailyCosts(1, 'a.csv', {}, null), 'every row read', true],
    [
      'the same bytes in the list',
      { ...repeatedFile(1, 'a.csv'), repeats: 'staged' as const },
      'the same file is in this list, nothing to store',
      false,
    ],
    [
      'rows without a price, which keep nothing out',
      { ...dailyCosts(1, 'a.csv', {}, null), unpriced: [{ sku: 'alto-2', rows: 12 }] },
      '12 rows without a price',
      true,
    ],
    [
      'a page without the next',
      { ...dailyCosts(1, 'a.csv', {}, null), lacksNextPage: true },
      'its next page is not here',
      true,
    ],
    ['an empty export', preview(1, report('a.csv', {})), 'states that there is nothing', true],
    ['nothing to import', preview(1, report('a.csv', {}), { ready: false }), 'holds nothing to import', false],
  ])('%s', (_what, file, text, taken) => {
    expect(stateOf(file).text).toBe(text);
    expect(isTaken(file, NONE)).toBe(taken);
  });

  test('every row of another file’s rows: nothing to store either', () => {
    const file = preview(1, report('a.csv', { rows: { ...NO_ROWS, read: 3, duplicate: 3 } }));
    expect(stateOf(file).kind).toBe('nothing-new');
  });

  test('only the tie can be overruled', () => {
    const all = new Set([1]);
    expect(isTaken(mt940(1, 'a.sta', {}), all)).toBe(true);
    expect(isTaken(unreadable(1, 'a.bin'), all)).toBe(false);
    expect(isTaken(openQuestions(1, 'a.csv', {}), all)).toBe(false);
  });

  test('what stays out is said with its reason', () => {
    expect(staysOutText([bankCsv(1)], NONE)).toBe('');
    expect(staysOutText([bankCsv(1), mt940(2, 'a.sta', {})], NONE)).toBe('1 file does not tie: stays out');
    const many = [mt940(1, 'a', {}), mt940(2, 'b', {}), unreadable(3, 'c')];
    expect(staysOutText(many, NONE)).toBe('2 files do not tie, 1 cannot be read: stay out');
    expect(staysOutText(many, new Set([1, 2]))).toBe('1 file cannot be read: stays out');
  });

  test('counts', () => {
    expect(countsText(bankCsv(1))).toBe('bank statement, 6 movements');
    expect(countsText(usageLog(1, 'a'))).toBe('8,170 usage rows');
    expect(countsText(unreadable(1, 'a'))).toBe('not recognised');
  });
});

describe('the tie', () => {
  test('is exact', () => {
    expect(tieFigures({ opening: '0.1', movements: '0.2', closing: '0.3', holds: true, firstBreakLine: null })).toEqual(
      {
        computed: '0.3',
        off: '0',
      },
    );
    const off = { opening: '12403.87', movements: '-601.26', closing: '12033.11', holds: false, firstBreakLine: 15 };
    expect(tieFigures(off)).toEqual({ computed: '11802.61', off: '230.5' });
  });

  test('of figures that are none, nothing is computed', () => {
    expect(tieFigures({ opening: '', movements: '1', closing: '1', holds: false, firstBreakLine: null })).toBeNull();
  });
});

describe('a line of the file', () => {
  const line = '08.10.2026;08.10.2026;HALCYON MODELS INC;"Rechnung 0012; USD 250,00";231,95;;EUR;12.218,05';

  test('a separator in quotes is text', () => {
    expect(splitFields(line, ';')).toHaveLength(8);
    expect(splitFields('a,"b""c,d",e', ',')).toEqual(['a', '"b""c,d"', 'e']);
  });

  test('words are cut, amounts are not', () => {
    const text = (longest: number) =>
      rawParts(line, ';', longest)
        .map((part) => part.text)
        .join('');
    expect(text(200)).toBe(line);
    for (const longest of [70, 60, 50, 45, 36]) {
      expect(text(longest).length).toBeLessThanOrEqual(longest);
      expect(text(longest)).toContain('231,95');
      expect(text(longest)).toContain('12.218,05');
    }
  });

  test('an object keeps its amounts too', () => {
    const event = '{"id":"evt_000001","timestamp":"2026-10-01T00:03:12Z","model":"hm-large","cost":0.0421}';
    expect(
      rawParts(event, null, 60)
        .map(({ text }) => text)
        .join(''),
    ).toContain('"cost":0.0421');
  });

  test('never longer than asked, whatever the line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(';', ',', '\t', null),
        fc.integer({ min: 8, max: 90 }),
        (any, mark, longest) => {
          const shown = rawParts(any, mark, longest)
            .map(({ text }) => text)
            .join('');
          expect(shown.length).toBeLessThanOrEqual(Math.max(longest, 8));
          expect(shown).not.toMatch(/[\u0000\n\r]/);
        },
      ),
    );
  });

  test('the separator is the one that makes the header', () => {
    const { text, columns } = bankCsv(1);
    const headers = columns?.map(({ header }) => header) ?? [];
    const lines = text.map((each) => each.text);
    expect(delimiterOf(lines, headers)).toBe(';');
    expect(isHeader(lines[5] ?? '', headers, ';')).toBe(true);
    expect(isHeader(lines[6] ?? '', headers, ';')).toBe(false);
    expect(delimiterOf(lines, ['a', 'b'])).toBeNull();
  });
});

describe('lines beside their rows', () => {
  test('each line once, with its row and its problems', () => {
    const answered = openQuestions(1, 'a.csv', { zone: 'UTC', dateOrder: 'dmy' });
    const lines = alignLines(answered);
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
    expect(lines[1]?.row?.amount).toBe('0.42');
    expect(lines[3]?.row).toBeNull();
    expect(lines[3]?.problems).toHaveLength(1);
  });

  test('what a line says that is no row stands at it', () => {
    const { text, rows, report: of } = bankCsv(1);
    const mark = { line: 4, says: 'opening', amount: '12450' } as const;
    const marked = alignLines({ text, rows, report: of, marks: [mark] }).filter((line) => line.mark !== null);
    expect(marked).toMatchObject([{ line: 4, mark, row: null }]);
  });

  test('several rows of one line, and rows of no line at all, are all shown', () => {
    const { rows } = bankCsv(1);
    const [first] = rows;
    if (first === undefined) throw new Error('the statement has rows');
    const of = report('a.json', {});
    const one = [{ line: 1, text: '[…]' }];
    const onOneLine = alignLines({
      text: one,
      rows: [first, first].map((row) => ({ ...row, line: 1 })),
      marks: [],
      report: of,
    });
    expect(onOneLine.map(({ line, text }) => [line, text])).toEqual([
      [1, '[…]'],
      [null, null],
    ]);
    expect(alignLines({ text: [], rows: [{ ...first, line: null }], marks: [], report: of })).toHaveLength(1);
    const keys = alignLines({ text: one, rows: [...rows, ...rows], marks: [], report: of }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('answers', () => {
  const question = { column: 'When', asks: '', example: null, options: [] };

  test('become choices of their own kind', () => {
    expect(withAnswer({}, { ...question, choice: 'dateOrder' }, 'dmy')).toEqual({ dateOrder: 'dmy' });
    expect(withAnswer({}, { ...question, choice: 'chargesPositive' }, 'true')).toEqual({ chargesPositive: true });
    expect(withAnswer({}, { ...question, choice: 'chargesPositive' }, 'false')).toEqual({ chargesPositive: false });
    expect(withAnswer({}, { ...question, choice: 'columns' }, 'time')).toEqual({ columns: { time: 'When' } });
  });

  test('are found again', () => {
    for (const [choice, value] of [
      ['zone', 'Asia/Tokyo'],
      ['swapDebitCredit', 'false'],
      ['columns', 'cost'],
    ] as const)
      expect(answerOf(withAnswer({}, { ...question, choice }, value), { ...question, choice })).toBe(value);
    expect(answerOf({}, { ...question, choice: 'zone' })).toBeNull();
  });

  test('a column has one meaning, and a meaning one column', () => {
    const moved = withMeaning({ columns: { cost: 'Net' } }, 'Gross', null, 'cost');
    expect(moved.columns).toEqual({ cost: 'Gross' });
    expect(withMeaning({}, 'Net', 'cost', 'tax').columns).toEqual({ cost: '', tax: 'Net' });
    expect(withMeaning({ columns: { cost: 'Net' } }, 'Net', 'cost', '').columns).toEqual({ cost: '' });
  });
});

describe('profiles on this computer', () => {
  const storage = (text: string | null) => ({ getItem: () => text });

  test('are read back as they were written', () => {
    let text = '';
    const profiles = [
      {
        fingerprint: 'ab12',
        file: 'a.csv',
        format: 'bank-csv',
        choices: { zone: 'UTC', columns: { cost: 'Net', tax: '' }, chargesPositive: false, decimal: ',' as const },
      },
    ];
    writeProfiles(profiles, { setItem: (_key, value) => (text = value) });
    expect(readProfiles(storage(text))).toEqual(profiles);
  });

  test('what is no profile is left out, and of a choice what is none', () => {
    expect(readProfiles(storage(null))).toEqual([]);
    expect(readProfiles(storage('{'))).toEqual([]);
    expect(readProfiles(storage('[1, null, {"fingerprint": 1}]'))).toEqual([]);
    const odd = [
      {
        fingerprint: 'a',
        file: 'f',
        format: 'x',
        choices: { zone: 1, placement: 'middle', columns: { a: 2, b: 'B' }, evil: 'x' },
      },
    ];
    expect(readProfiles(storage(JSON.stringify(odd)))[0]?.choices).toEqual({ columns: { b: 'B' } });
  });

  test('any JSON is an answer', () => {
    fc.assert(fc.property(fc.json(), (text) => Array.isArray(readProfiles(storage(text)))));
  });

  test('are listed in words', () => {
    expect(choicesText({ columns: { cost: 'Net', tax: '' }, zone: 'UTC', dateOrder: 'dmy', placement: 'end' })).toBe(
      'cost from Net, no tax, times in UTC, day before month, rows at their end',
    );
  });
});

describe('words', () => {
  test.each([
    [1, '1 byte'],
    [851, '851 bytes'],
    [1000, '1.00 kB'],
    [12_430, '12.4 kB'],
    [999_600, '1.00 MB'],
    [1_020_000_000, '1.02 GB'],
  ])('%d is %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));

  test('plurals, dates and sums', () => {
    expect([plural(1, 'row'), plural(0, 'row'), plural(8170, 'row')]).toEqual(['1 row', '0 rows', '8,170 rows']);
    expect([dateText('2026-10-08'), dateText('2026-10-08', true), dateText('soon')]).toEqual([
      '8 Oct',
      '8 Oct 2026',
      'soon',
    ]);
    expect(totalsText({ USD: '12.5', JPY: '1200', '': '3' })).toBe('12.50 USD, 1,200 JPY, 3.00');
  });
});
