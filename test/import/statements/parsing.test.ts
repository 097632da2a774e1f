/** The shared parsing cases: numbers, dates, references, decoding, signs. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatAtoms, parseAmount } from '../../../shared/domain/money.ts';
import { zoneOf } from '../../../shared/domain/time.ts';
import {
  dateOfSerial,
  nearestYear,
  orderOf,
  readDate,
  readInstantDate,
  readOfxDate,
  readSwiftDate,
} from '../../../shared/import/statements/dates.ts';
import { decode } from '../../../shared/import/statements/decode.ts';
import { provenMark, readFigure, readFocus, readNumber, readPlain } from '../../../shared/import/statements/numbers.ts';
import { referenceKey, statedReference } from '../../../shared/domain/reference.ts';
import { amounts, minor, only, sharedJson, statement } from './helpers.ts';

interface Vectors {
  readonly numbers: readonly { in: string; profile: string; out: number | string | null; note?: string }[];
  readonly dates: readonly { in: string; out: string }[];
  readonly references: readonly { in: string; out: string | null }[];
  readonly decoding: readonly { bytes: string; expect: { encoding: string; bom: boolean; text: string } }[];
  readonly signs: readonly { source: string; raw: unknown; settings?: unknown; canonical: unknown }[];
}

const vectors = sharedJson('vectors/parsing.json') as Vectors | null;

/** All cases of a group, or one skipped test that says why. */
function group<Case>(
  name: string,
  pick: (all: Vectors) => readonly Case[],
  check: (each: Case) => void | Promise<void>,
): void {
  if (vectors === null) it.skip(`${name} (the shared vectors are not beside the repository)`, () => undefined);
  else
    test.each(pick(vectors).map((each) => [JSON.stringify(each), each] as const))(`${name} %s`, (_, each) =>
      check(each),
    );
}

describe('numbers', () => {
  group(
    'case',
    (all) => all.numbers,
    ({ in: text, profile, out }) => {
      const value =
        profile === 'mt940'
          ? readPlain(text, 2)
          : profile === 'focus'
            ? readFocus(text)
            : readNumber(text, profile === 'auto' ? 'auto' : profile === 'decimal=.' ? '.' : ',');
      if (typeof out === 'string') expect(typeof value === 'bigint' ? formatAtoms(value) : value).toBe(out);
      else expect(typeof value === 'bigint' ? minor(value, 'EUR') : null).toBe(out);
    },
  );

  it('say why they cannot be read', () => {
    expect(readNumber('1,234', 'auto')).toBe('ambiguous');
    expect(readNumber('1,234', ',')).toBe('too_fine');
    expect(readNumber('', 'auto')).toBe('empty');
    expect(readNumber('12.50 or so', 'auto')).toBe('unreadable');
  });

  it('refuse wrong grouping, and two signs', () => {
    for (const text of [
      '1,23,4',
      '12,3456.00',
      '1.2.3',
      '1 23',
      '(-5.00)',
      '-5.00-',
      '5.00- CR',
      '1,234.567.89',
      '.',
    ]) {
      expect(typeof readNumber(text, 'auto'), text).toBe('string');
    }
  });

  it('any amount comes back from any way of writing it', () => {
    const style = fc.constantFrom<[string, '.' | ',']>(
      [',', '.'],
      ['.', ','],
      ['’', '.'],
      ["'", '.'],
      [' ', ','],
      ['\u00a0', ','],
      ['\u202f', ','],
      ['', '.'],
      ['', ','],
    );
    const sign = fc.constantFrom(
      ...[(text: string) => `-${text}`, (text: string) => `${text}-`, (text: string) => `(${text})`],
      ...[(text: string) => `−${text}`, (text: string) => `-€${text}`, (text: string) => `${text}- EUR`],
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), style, sign, (cents, [mark, decimal], negative) => {
        const digits = cents.toString().padStart(3, '0');
        const whole = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, mark);
        const text = `${whole}${decimal}${digits.slice(-2)}`;
        const atoms = parseAmount(`${digits.slice(0, -2)}.${digits.slice(-2)}`);
        for (const known of ['auto', decimal] as const) {
          expect(readNumber(text, known)).toBe(atoms);
          expect(readNumber(negative(text), known)).toBe(-(atoms as bigint));
        }
        expect(provenMark(text)).toBe(decimal);
      }),
    );
  });

  it('never throw, and never take rubbish for a mark', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const figure = readFigure(text, 'auto');
        if (typeof figure !== 'string') expect(text).toMatch(/\d/);
      }),
    );
  });
});

describe('dates', () => {
  group(
    'case',
    (all) => all.dates,
    ({ in: text, out }) => {
      const [swift, zoned] = [/^61:(\d{6}) (\d{4})$/.exec(text), /^(\S+) @(\S+)$/.exec(text)];
      if (swift !== null) {
        const value = readSwiftDate(swift[1] ?? '');
        if (value === 'invalid') throw new Error('no date');
        expect(`${value} / entry ${nearestYear(swift[2] ?? '', value)}`).toBe(out);
      } else if (zoned !== null) {
        expect(readInstantDate(zoned[1] ?? '', zoneOf(zoned[2] ?? '') ?? undefined)).toBe(out);
      } else if (text.includes('[')) expect(readOfxDate(text)).toBe(out);
      else if (/^\d{5}$/.test(text)) expect(dateOfSerial(Number(text))).toBe(out);
      else expect(readDate(text, null)).toBe(out);
    },
  );

  it('take the order of a column, not of a row', () => {
    expect(orderOf(['3/10/2026', '25/10/2026'])).toBe('dmy');
    expect(orderOf(['3/10/2026', '10/25/2026'])).toBe('mdy');
    expect(orderOf(['25/10/2026', '10/25/2026'])).toBe('mixed');
    expect(orderOf(['3/10/2026', '4/10/2026'])).toBe('ambiguous');
    expect(orderOf(['3/3/2026', '03.10.2026', '2026-10-03'])).toBeNull();
    expect(readDate('3/10/2026', 'mdy')).toBe('2026-03-10');
    expect(readDate('3/10/2026', 'dmy')).toBe('2026-10-03');
    expect(readDate('3/3/2026', null)).toBe('2026-03-03');
  });

  it('keep the bank’s date whatever its time and zone', () => {
    expect(readOfxDate('20260302')).toBe('2026-03-02');
    expect(readOfxDate('20260302000000[-12:X]')).toBe('2026-03-02');
    expect(readOfxDate('20260302235959.999[+14]')).toBe('2026-03-02');
    expect(readOfxDate('20260230')).toBe('invalid');
    expect(readDate('2026-03-02 23:59:59', null)).toBe('2026-03-02');
    expect(readDate('3. März 2026', null)).toBe('2026-03-03');
    expect(readDate('3. Dez. 2026', null)).toBe('2026-12-03');
  });

  it('MT940 entry dates cross the year both ways', () => {
    expect(nearestYear('0102', '2026-12-31')).toBe('2027-01-02');
    expect(nearestYear('1231', '2027-01-02')).toBe('2026-12-31');
    expect(nearestYear('0229', '2028-03-01')).toBe('2028-02-29');
    expect(nearestYear('1301', '2026-12-31')).toBe('invalid');
  });
});

describe('references', () => {
  group(
    'case',
    (all) => all.references,
    ({ in: text, out }) => expect(referenceKey(text)).toBe(out),
  );

  it('placeholders are none', () => {
    for (const text of ['NOTPROVIDED', 'nonref', ' NONREF ', '', '-', null]) expect(statedReference(text)).toBeNull();
    expect(statedReference(' HLCN2K7Q-0011 ')).toBe('HLCN2K7Q-0011');
  });
});

describe('decoding', () => {
  group(
    'case',
    (all) => all.decoding,
    ({ bytes, expect: expected }) => {
      const raw = Uint8Array.from(bytes.split(' '), (byte) => Number(`0x${byte}`));
      expect(decode(raw)).toEqual(expected);
    },
  );
});

const OFX = (amount: string): string =>
  `<OFX><CCSTMTRS><CURDEF>EUR<BANKTRANLIST><STMTTRN><DTPOSTED>20261003<TRNAMT>${amount}</STMTTRN></BANKTRANLIST></CCSTMTRS></OFX>`;

function camt(raw: { amt: string; ind: string; rvsl: boolean }, closing: string | null): string {
  const of = (code: string, amount: string): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`;
  const balances = closing === null ? '' : of('OPBD', '1000.00') + of('CLBD', closing);
  return (
    `<Document><BkToCstmrStmt><Stmt><Acct><Ccy>EUR</Ccy></Acct>${balances}<Ntry><Amt Ccy="EUR">${raw.amt}</Amt>` +
    `<CdtDbtInd>${raw.ind}</CdtDbtInd><RvslInd>${String(raw.rvsl)}</RvslInd><Sts>BOOK</Sts>` +
    '<BookgDt><Dt>2026-10-03</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>'
  );
}

/** A statement in the source's own form, with the case's one amount. */
function fileOf(source: string, raw: unknown): string | null {
  const fields = raw as Record<string, string>;
  if (source === 'bank_card_ofx') return OFX(raw as string);
  if (source === 'camt053') return camt(raw as Parameters<typeof camt>[0], null);
  if (source.startsWith('camt053 with')) return camt(raw as Parameters<typeof camt>[0], '1250.00');
  if (source === 'mt940') {
    return `:20:X\n:25:1\n:60F:C261001EUR0,\n:61:2610031003${fields['mark']}${fields['amt']}NTRFNONREF\n:62F:C261031EUR0,\n-`;
  }
  if (source === 'csv soll/haben') {
    return `Datum;Soll;Haben;Währung\n03.10.2026;${fields['soll']};${fields['haben']};EUR`;
  }
  if (source.startsWith('amex-like')) return `Date,Description,Amount,Currency\n2026-10-03,x,${raw as string},EUR`;
  return null;
}

describe('signs', () => {
  group(
    'case',
    (all) => all.signs,
    async ({ source, raw, settings, canonical }) => {
      const file = fileOf(source, raw);
      if (file !== null) {
        const options = settings === undefined ? {} : { chargesPositive: true };
        expect(amounts(await statement(file, options))).toEqual([canonical]);
        return;
      }
      const { gross, fee, net } = raw as Record<string, string>;
      const line = only(
        await statement(
          'balance_transaction_id,created_utc,currency,gross,fee,net,description\n' +
            `txn_1,2026-10-03 00:00:00,eur,${gross},${fee},${net},x`,
        ),
      );
      const figures = { gross: line.amount, fee: line.fee ?? 0n, net: line.amount - (line.fee ?? 0n) };
      expect(Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, minor(each, 'EUR')]))).toEqual(
        canonical,
      );
    },
  );
});
