/** Any bytes give an answer soon, and no answer depends on the machine's clock. */
import { afterEach, describe, expect, it, test } from 'vitest';
import { headOf } from '../../../shared/import/head.ts';
import { detectStatement } from '../../../shared/import/statements/detect.ts';
import { readStatement } from '../../../shared/import/statements/readStatement.ts';
import { bytesOf, problems, shared, short, statement } from './helpers.ts';

const SAMPLES = [
  ...['bank.ofx', 'bank2.ofx', 'camt053.xml', 'mt940.sta', 'bank_generic_eu.csv', 'focus_1_2.csv'],
  ...['stripe_invoice.json', 'stripe_invoices.csv'],
];

describe('the machine’s zone', () => {
  const before = process.env['TZ'];
  afterEach(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  const files: readonly (readonly [string, string])[] = [
    [
      'OFX',
      '<OFX><STMTRS><CURDEF>EUR<STMTTRN><DTPOSTED>20261101000000[+1:CET]<TRNAMT>-1</STMTTRN><STMTTRN><DTPOSTED>20261031<TRNAMT>-1</STMTTRN></STMTRS></OFX>',
    ],
    ['CSV', 'Date,Text,Amount (EUR)\n2026-10-31 23:59,a,-1.00\n2026-11-01T00:30:00Z,b,-1.00\n1 Nov 2026,c,-1.00'],
    ['FOCUS', 'BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart\n1,EUR,Tax,2026-11-01T00:00:00Z'],
    [
      'JSON',
      '{"object":"invoice","id":"in_1","currency":"eur","created":1793491199,"subtotal":1,"total":1,"amount_due":1}',
    ],
  ];

  test.each(files)('%s has the same dates everywhere', async (_, text) => {
    const dates: string[][] = [];
    for (const zone of ['UTC', 'America/New_York', 'Asia/Tokyo']) {
      process.env['TZ'] = zone;
      dates.push(short(await statement(text)));
    }
    expect(dates[1]).toEqual(dates[0]);
    expect(dates[2]).toEqual(dates[0]);
    expect(dates[0]?.join()).toMatch(/2026-1[01]-/);
  });
});

describe('limits', () => {
  it('a file too long for a statement says so', async () => {
    const read = await readStatement('x', new Uint8Array((1 << 26) + 1));
    expect(read.problems[0]?.message).toContain('longer than 64 MB');
  });

  it('deep nesting is refused, whatever the syntax', async () => {
    const names = Array.from({ length: 50_000 }, (_, depth) => `<A${depth}>`).join('');
    expect((await problems(`<OFX><STMTRS>${names}`))[0]).toContain('deeper');
    const xml = `<Document><BkToCstmrStmt>${'<a>'.repeat(50_000)}`;
    expect((await problems(xml))[0]).toContain('deeper');
    const json = `{"object":"invoice","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect((await problems(json))[0]).toContain('nests deeper');
  });

  it('what is long and almost right is read in time', async () => {
    const many = 200_000;
    const blanks = ' '.repeat(many);
    const cases = [
      `Date,Text,Amount (EUR)\n2026-10-31,a,1${blanks}x`,
      `Date,Text,Amount (EUR)\n2026-10-31,a,${'1'.repeat(many)}x`,
      `Date,Text,Amount (EUR)\n1${blanks}Oct${blanks}x,a,-1.00`,
      `Date,Text,Amount${blanks}x\n`,
      `<OFX>${'<![CDATA['.repeat(many)}`,
      `<OFX>${'<a'.repeat(many)}`,
      `<OFX><STMTRS><CURDEF>EUR<X>${'<STMTTRN></STMTTRN>'.repeat(many)}</STMTRS></OFX>`,
      `<Document><BkToCstmrStmt>${'<!--'.repeat(many)}`,
      `<Document><BkToCstmrStmt><a ${'b="c" '.repeat(many)}`,
      `:20:a\n:60F:C261001EUR1,\n:61:${'1'.repeat(many)}\n:86:${'?20'.repeat(many)}`,
      `[${'{"object":"invoice","id":"x"},'.repeat(many / 10)}{}]`,
      `BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart\n${'1'.repeat(many)}x,EUR,Tax,1${blanks}x`,
    ];
    for (const text of cases) {
      const read = await readStatement('x', bytesOf(text));
      expect(read.problems.length, text.slice(0, 60)).toBeGreaterThan(0);
    }
  });

  it('entities of the file’s own are refused', async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Document><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>';
    expect((await problems(bomb))[0]).toContain('document type');
  });
});

describe('damage', () => {
  for (const name of SAMPLES) {
    const bytes = shared(`samples/${name}`);
    it.skipIf(bytes === null)(`${name} cut anywhere gives an answer (skipped without the shared samples)`, async () => {
      const whole = bytes ?? new Uint8Array();
      const full = await readStatement(name, whole);
      for (let length = 0; length < whole.length; length += 61) {
        const cut = whole.subarray(0, length);
        const read = await readStatement(name, cut);
        detectStatement(headOf(name, cut, true));
        if ('lines' in read && 'lines' in full && read.problems.length === 0 && read.questions.length === 0) {
          expect(read.lines.length).toBeLessThanOrEqual(full.lines.length);
        }
      }
    });

    it.skipIf(bytes === null)(
      `${name} is the same with other line ends (skipped without the shared samples)`,
      async () => {
        const text = Array.from(bytes ?? [], (byte) => String.fromCharCode(byte)).join('');
        const mixed = text
          .split(/\r?\n/)
          .map((line, index) => line + (['\n', '\r\n', '\r'][index % 3] ?? ''))
          .join('');
        const [one, other] = await Promise.all(
          [text, mixed].map((each) =>
            readStatement(
              name,
              Uint8Array.from(each, (character) => character.charCodeAt(0)),
            ),
          ),
        );
        if (one === undefined || other === undefined || !('lines' in one) || !('lines' in other))
          throw new Error('none');
        expect(short(other)).toEqual(short(one));
        expect(other.problems).toEqual(one.problems);
      },
    );
  }

  it('NUL bytes are no values', async () => {
    const text = 'Date,Text,Amount (EUR)\n2026-10-31,a\0b,-1.00\n2026-10-31,c,-1\u00000.00';
    expect(await problems(text)).toEqual([expect.stringContaining('3 amount:')]);
  });
});
