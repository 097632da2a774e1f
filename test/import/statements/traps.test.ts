/** Each trap of the formats, in a file of its own that is no longer than it must be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStatement } from '../../../shared/import/statements/readStatement.ts';
import { amounts, balance, bytesOf, only, problems, refused, short, statement } from './helpers.ts';

function ofx(...transactions: readonly string[]): string {
  const list = transactions.map((fields) => `<STMTTRN>${fields}</STMTTRN>`).join('\n');
  return `<OFX><STMTRS><CURDEF>EUR\n<BANKACCTFROM><ACCTID>1</BANKACCTFROM>\n<BANKTRANLIST>\n${list}\n</BANKTRANLIST></STMTRS></OFX>`;
}

describe('OFX', () => {
  it('reads decimal commas, whole units, and no other grouping', async () => {
    const read = await statement(
      ofx('<DTPOSTED>20261003<TRNAMT>-12,5', '<DTPOSTED>20261003<TRNAMT>7', '<DTPOSTED>20261003<TRNAMT>-.5'),
    );
    expect(amounts(read)).toEqual([1250, -700, 50]);
    expect(await problems(ofx('<DTPOSTED>20261003<TRNAMT>-1,234.50'))).toEqual([
      '4 TRNAMT: "-1,234.50": this is no number',
    ]);
  });

  it('an empty unclosed leaf does not swallow what follows, and a closed one may stand beside', async () => {
    const line = only(
      await statement(ofx('<DTPOSTED>20261003\n<MEMO>\n<TRNAMT>-1.00</TRNAMT>\n<NAME>A &amp; B &#233;\n<FITID>')),
    );
    expect(line).toMatchObject({ description: 'A & B é', id: null });
  });

  it('a transaction that is not closed ends where the next one starts', async () => {
    const text = ofx('<DTPOSTED>20261003<TRNAMT>-1.00').replace(
      '</STMTTRN>',
      '<STMTTRN><DTPOSTED>20261004<TRNAMT>-2.00',
    );
    expect(short(await statement(text))).toEqual(['2026-10-03 100', '2026-10-04 200']);
  });

  it('equal twins stay two, even under one id', async () => {
    const twin = '<DTPOSTED>20261003<TRNAMT>-250.00<FITID>1<NAME>HALCYON';
    expect(amounts(await statement(ofx(twin, twin)))).toEqual([25000, 25000]);
  });

  it('a correction deletes its line, or is a problem where that is elsewhere', async () => {
    const correction = '<DTPOSTED>20261004<TRNAMT>0<FITID>2<CORRECTFITID>1<CORRECTACTION>DELETE';
    expect((await statement(ofx('<DTPOSTED>20261003<TRNAMT>-5<FITID>1', correction))).lines).toEqual([]);
    expect(await problems(ofx(correction))).toEqual([expect.stringContaining('4 CORRECTFITID: deletes "1"')]);
  });

  it('an original amount is given only where the rate proves it', async () => {
    const of = (amount: string): string =>
      ofx(`<DTPOSTED>20261003<TRNAMT>${amount}<ORIGCURRENCY><CURRATE>0.9282<CURSYM>USD</ORIGCURRENCY>`);
    expect(only(await statement(of('-232.05'))).original).toMatchObject({
      currency: 'USD',
      amount: 250_000_000_000_000n,
    });
    expect(only(await statement(of('-232.06')))).toMatchObject({ original: null, rate: 928_200_000_000n });
  });

  it('a cut file says so, and unreadable values are problems with their line', async () => {
    const cut = ofx('<DTPOSTED>20261003<TRNAMT>-5').slice(0, -30);
    expect(await problems(cut)).toEqual([expect.stringContaining('the file ends before OFX does')]);
    expect(short(await statement(cut))).toEqual(['2026-10-03 500']);
    expect(await problems(ofx('<DTPOSTED>20261303<TRNAMT>-5'))).toEqual(['4 DTPOSTED: "20261303" is no OFX date']);
    expect((await statement(ofx('<DTPOSTED>20261003<TRNAMT>x'))).lines).toEqual([]);
  });

  it('a currency that is none is asked for, and no line goes without one', async () => {
    const text = ofx('<DTPOSTED>20261003<TRNAMT>-5').replace('EUR', 'E?R');
    expect(await statement(text)).toMatchObject({
      ...{ lines: [], read: 1, rejected: 1, problemCount: 1 },
      questions: [{ choice: 'currency', example: 'E?R' }],
    });
    expect(await statement(text, { currency: 'EUR' })).toMatchObject({ currency: 'EUR', problems: [], rejected: 0 });
  });

  it('several accounts in one file are refused by name', async () => {
    const two =
      ofx('<DTPOSTED>20261003<TRNAMT>-5') + ofx('<DTPOSTED>20261003<TRNAMT>-6').replace('<ACCTID>1', '<ACCTID>2');
    expect(await refused(two)).toBe(true);
    expect((await problems(two))[0]).toContain('several accounts (1 in EUR, 2 in EUR)');
  });
});

function mt940(lines: readonly string[], closing: string, opening = 'C261001EUR100,'): string {
  return [':20:X', ':25:1', ':28C:1/1', `:60F:${opening}`, ...lines, `:62F:${closing}`, '-'].join('\r\n') + '\r\n';
}

describe('MT940', () => {
  it('tells funds codes from marks', async () => {
    const read = await statement(
      mt940(
        [':61:261003DR5,NTRFA', ':61:261003CR7,50NTRFB', ':61:261003RC1,NTRFC', ':61:261003RDR2,NTRFD'],
        'C261003EUR103,50',
      ),
    );
    expect(amounts(read)).toEqual([500, -750, 100, -200]);
    expect(read.tie).toMatchObject({ holds: true });
    expect(read.lines.map(({ reversal }) => reversal)).toEqual([false, false, true, true]);
  });

  it('a wrong closing balance shows at its line', async () => {
    const read = await statement(mt940([':61:261003D5,NTRFA'], 'C261003EUR94,'));
    expect(read.tie).toMatchObject({ holds: false, firstBreakLine: 6 });
  });

  it('an overdrawn account has a negative balance', async () => {
    const read = await statement(mt940([':61:261003D5,NTRFA'], 'D261003EUR15,', 'D261001EUR10,'));
    expect([balance(read, read.opening), balance(read, read.closing), read.tie?.holds]).toEqual([-1000, -1500, true]);
  });

  it('days are joined, and a missing one between them breaks the tie', async () => {
    const first = mt940([':61:261003D5,NTRFA'], 'C261003EUR95,');
    const second = mt940([':61:261004D5,NTRFB'], 'C261004EUR90,', 'C261004EUR95,');
    const third = mt940([':61:261005D5,NTRFC'], 'C261005EUR75,', 'C261005EUR80,');
    expect((await statement(first + second)).tie).toMatchObject({ holds: true, firstBreakLine: null });
    expect((await statement(first + second + third)).tie).toMatchObject({ holds: false, firstBreakLine: 19 });
  });

  it('reads Dutch, structured and plain details, long references, and headers before the message', async () => {
    const read = await statement(
      '{1:F01BANK}{4:\r\n' +
        mt940(
          [
            ':61:261003D5,NTRFEREF//B1',
            ':86:/EREF/HLCN2K7Q-0012/NAME/Halcyon Mod',
            'els/REMI/USTD//API credits',
            ':61:2610031003D5,NTRF3f2c9a50-aaaa-bbbb-cccc-0123456789ab//B2',
            'SUPPLEMENT',
            ':86:plain',
            'text',
            ':61:261003D5,NMSCNONREF',
            ':86:020^00TEXT^20SVWZ+A^32NAME',
          ],
          'C261003EUR85,',
        ) +
        ':86:about the statement',
    );
    expect(read.lines.map(({ description }) => description)).toEqual(['API credits', 'plain text', 'SVWZ+A']);
    expect(read.lines.map(({ party }) => party)).toEqual(['Halcyon Models', null, 'NAME']);
    expect(read.lines.map(({ id }) => id)).toEqual(['B1', 'B2', null]);
    expect(read.lines[1]?.reference).toBe('3f2c9a50-aaaa-bbbb-cccc-0123456789ab');
  });

  it('unreadable lines are problems with their line', async () => {
    expect(await problems(mt940([':61:261303D5,NTRFA', ':61:261003X5,NTRFA'], 'C261003EUR100,'))).toEqual([
      '5 :61:: "261303D5,NTRFA": the value date does not exist',
      '6 :61:: "261003X5,NTRFA": this is no statement line of MT940',
    ]);
    expect(await problems(mt940([':61:261003D5,NTRFA'], 'C261003EUR95,').replace(/\n:62F:[^]*/, '\n'))).toEqual([
      '5 :62F:: the statement has no closing balance; it may be cut off, so fetch it again',
    ]);
    expect(await problems(mt940([':61:261003D5,2x5NTRFA'], 'C261003EUR100,'))).toEqual([
      '5 :61:: "261003D5,2x5NTRFA": this is no statement line of MT940',
    ]);
  });
});

const bal = (code: string, amount: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>\n`;
const entry = (amount: string, direction: string, rest = '', status = 'BOOK'): string =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>${status}</Sts>` +
  `<BookgDt><DtTm>2026-10-03T23:30:00-05:00</DtTm></BookgDt><AcctSvcrRef>R</AcctSvcrRef>${rest}</Ntry>\n`;
const part = (amount: string, rest = ''): string => `<TxDtls><Amt Ccy="EUR">${amount}</Amt>${rest}</TxDtls>`;

function camt(closing: string, ...entries: readonly string[]): string {
  const head = '<?xml version="1.0"?>\n<c:Document xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">';
  return `${head}<c:BkToCstmrStmt><c:Stmt>\n${bal('PRCD', '100.00')}${bal('CLBD', closing)}${entries.join('')}</c:Stmt></c:BkToCstmrStmt></c:Document>`;
}

describe('CAMT.053', () => {
  it('reads version 2, zero-padded amounts, date-times in the bank’s own day, and leaves out what is pending', async () => {
    const read = await statement(camt('95.00', entry('000000005.00', 'DBIT'), entry('9.00', 'DBIT', '', 'PDNG')));
    expect(short(read)).toEqual(['2026-10-03 500']);
    expect(read.tie).toMatchObject({ holds: true });
    expect(read.why).toContain('not booked were left out: 1');
  });

  it('shows the whole entry for its one payment: the amount stands there', async () => {
    const details = '<NtryDtls><TxDtls><Refs><EndToEndId>A-1</EndToEndId></Refs></TxDtls></NtryDtls>';
    const { lines } = await statement(camt('95.00', entry('5.00', 'DBIT', details)));
    expect(lines.map(({ reference, raw }) => [reference, raw])).toEqual([
      ['A-1', entry('5.00', 'DBIT', details).trim()],
    ]);
  });

  it('a batch with charges apart is split, and the charges are in it', async () => {
    const charge = '<Chrgs><Rcrd><Amt Ccy="EUR">0.50</Amt></Rcrd></Chrgs>';
    const within = await statement(
      camt('90.00', entry('10.00', 'DBIT', `<NtryDtls>${part('6.00')}${part('3.50', charge)}</NtryDtls>`)),
    );
    expect(amounts(within)).toEqual([600, 400]);
    expect(within.lines[1]?.fee).toBe(500_000_000_000n);
    const apart = await statement(
      camt('90.00', entry('10.00', 'DBIT', `${charge}<NtryDtls>${part('6.00')}${part('3.50')}</NtryDtls>`)),
    );
    expect(apart.lines.map(({ id }) => id)).toEqual(['R/1', 'R/2', 'R/charges']);
    expect(apart.tie).toMatchObject({ holds: true });
  });

  it('an entry whose details do not add up stays whole', async () => {
    const read = await statement(
      camt('90.00', entry('10.00', 'DBIT', `<NtryDtls>${part('10.00')}${part('10.00')}</NtryDtls>`)),
    );
    expect(amounts(read)).toEqual([1000]);
    expect(read.why).toContain('kept whole');
  });

  it('only the balances turn a reversal round', async () => {
    const reversal = entry('5.00', 'DBIT', '<RvslInd>true</RvslInd>');
    expect(amounts(await statement(camt('95.00', reversal)))).toEqual([500]);
    expect(amounts(await statement(camt('105.00', reversal)))).toEqual([-500]);
    const neither = await statement(camt('106.00', reversal));
    expect(amounts(neither)).toEqual([500]);
    expect(neither.tie).toMatchObject({ holds: false, firstBreakLine: 4 });
  });

  it('refuses document types, foreign entities, and broken or cut XML', async () => {
    const good = camt('95.00', entry('5.00', 'DBIT'));
    expect((await problems(good.replace('<c:Document', '<!DOCTYPE a [<!ENTITY x "y">]><c:Document')))[0]).toContain(
      'document type',
    );
    expect((await problems(good.replace('>R<', '>&x;<')))[0]).toContain('the entity &x; is not read');
    expect((await problems(good.slice(0, -40)))[0]).toContain('cut off');
    expect((await problems(good.replace('</Ntry>', '</Ntri>')))[0]).toContain('closes nothing');
  });

  it('unreadable values are problems, never zero', async () => {
    expect(await problems(camt('95.00', entry('5,0x', 'DBIT')))).toEqual(['5 Amt: "5,0x": this is no number']);
    expect(await problems(camt('95.00', entry('5.00', 'DEBT')))).toEqual([
      '5 CdtDbtInd: "DEBT" is neither CRDT nor DBIT',
    ]);
    expect((await problems(camt('95.00', entry('5.00', 'DBIT', '', 'XXXX'))))[0]).toContain(
      'status "XXXX" is not known',
    );
  });
});

describe('bank CSV', () => {
  const TABLE = 'Date,Description,Amount,Balance,Currency\n';

  it('reads newest first, and proves it by the balance', async () => {
    const read = await statement(`${TABLE}2026-10-04,b,-20.00,70.00,EUR\n2026-10-03,a,-10.00,90.00,EUR\n`);
    expect(amounts(read)).toEqual([2000, 1000]);
    expect([balance(read, read.opening), balance(read, read.closing), read.tie?.holds]).toEqual([10000, 7000, true]);
    expect(read.why).toContain('newest row comes first');
  });

  it('turns positive charges round where every balance says so', async () => {
    const rows = '2026-10-03,a,10.00,90.00,EUR\n2026-10-04,b,20.00,70.00,EUR\n2026-10-05,c,-5.00,75.00,EUR\n';
    expect(amounts(await statement(TABLE + rows))).toEqual([1000, 2000, -500]);
  });

  it('says what it took a minus for where no balance proves it', async () => {
    const read = await statement('Date,Text,Amount (USD)\n2026-10-03,a,-5.00\n2026-10-04,b,2.00');
    expect(amounts(read)).toEqual([500, -200]);
    expect(read.tie).toBeNull();
    expect(read.why).toContain('minus was read as money that leaves');
  });

  it('a missing row shows where it is missing', async () => {
    const rows = ['03,a,-10.00,90.00', '04,b,-10.00,80.00', '06,d,-10.00,60.00', '07,e,-10.00,50.00'];
    const read = await statement(TABLE + rows.map((row) => `2026-10-${row},EUR\n`).join(''));
    expect(read.tie).toMatchObject({ holds: false, firstBreakLine: 4 });
  });

  it('asks once for what the file leaves open', async () => {
    const header = 'Date;Text;Betrag;Währung\n';
    expect(await problems(`${header}3/4/2026;a;-5,00;EUR\n4/4/2026;b;-6,00;EUR\n5/4/2026;c;-6,00;EUR`)).toEqual([
      '2 Date: no date has a day beyond 12; say whether day or month comes first',
    ]);
    const thousands = `${header}03.10.2026;a;-1.234;EUR\n03.10.2026;b;-2.345;EUR`;
    expect(await problems(thousands)).toEqual([expect.stringContaining('2 Betrag: "-1.234" may be thousands')]);
    expect(amounts(await statement(thousands, { decimal: ',' }))).toEqual([123400, 234500]);
    // one figure settles the column
    expect(amounts(await statement(`${thousands}\n03.10.2026;c;-3,50;EUR`))).toEqual([123400, 234500, 350]);
    expect(await problems('Date,Text,Amount\n2026-10-03,a,-5.00')).toEqual([
      '- currency: the file names no currency; say which one it is in',
    ]);
    expect(await problems('Date,Text,Amount (USD)\n2026-10-03,a,5.00')).toEqual([
      expect.stringContaining('no amount has a sign'),
    ]);
  });

  it('reads sep= and a column of debit and credit marks', async () => {
    expect(
      amounts(await statement('sep=;\nDatum;Betrag;S/H;Währung\n03.10.2026;5,00;S;EUR\n03.10.2026;2,00;H;EUR')),
    ).toEqual([500, -200]);
    expect(await problems('Datum;Betrag;S/H;Währung\n03.10.2026;5,00;?;EUR')).toEqual([
      '2 mark: "?": this is neither debit nor credit',
    ]);
  });

  it('reads debits with a minus, tabs, and cells over two lines', async () => {
    const text =
      'Date\tDescription\tDebit\tCredit\tCurrency\n2026-10-03\t"a ""b""\nc"\t-5.00\t\tEUR\n2026-10-04\td\t\t2.00\tEUR';
    const read = await statement(text);
    expect(amounts(read)).toEqual([500, -200]);
    expect(read.lines.map(({ line }) => line)).toEqual([2, 4]);
    expect(read.lines[0]?.raw).toContain('\nc"');
  });

  it('unreadable rows are problems, never zero', async () => {
    expect(
      await problems(
        `${TABLE}2026-13-03,a,-5.00,,EUR\n2026-10-03,b,x,,EUR\n2026-10-03,c,-5.00,,USD\n2026-10-04,d,-5.00,,EUR`,
      ),
    ).toEqual([
      '2 date: "2026-13-03": this is no date',
      '3 amount: "x": this is no number',
      '4 currency: "USD": the other rows are in EUR',
    ]);
    expect(await problems(`${TABLE}2026-10-03,a,USD -5.00,,EUR`)).toEqual([
      '2 amount: "USD -5.00": this is in USD, the other rows are in EUR',
    ]);
  });
});

describe('Stripe', () => {
  it('reads decimal commas, and columns in any order', async () => {
    const text =
      'Total;Number;Date (UTC);Amount Due;Subtotal;Currency;Status\n500,00;A-1;2026-10-03 10:00;500,00;500,00;eur;open';
    expect(only(await statement(text))).toMatchObject({ amount: 500_000_000_000_000n, currency: 'EUR', kind: 'open' });
  });

  it('says which invoice does not add up', async () => {
    const text =
      'Number,Date (UTC),Amount Due,Subtotal,Total,Starting Balance,Ending Balance,Currency,Status\n' +
      'A-1,2026-10-03,40.00,50.00,50.00,-20.00,0.00,eur,open';
    expect(await problems(text)).toEqual([
      expect.stringContaining('2 Total: total 50 with the balance going from -20 to 0'),
    ]);
  });

  it('counts in the smallest unit that Stripe has, and reads an older object', async () => {
    const of = (currency: string, tax: number): string =>
      JSON.stringify({
        ...{ object: 'invoice', id: 'in_1', currency, created: 1_792_773_108, status: 'open', number: 'A-1' },
        ...{ subtotal: 500, tax, total: 500, amount_due: 500 },
      });
    expect(only(await statement(of('jpy', 5))).amount).toBe(500_000_000_000_000n);
    expect(only(await statement(of('isk', 5))).amount).toBe(5_000_000_000_000n);
    expect(await problems(of('usd', 0.5))).toEqual(['1 tax: "0.5": this is no whole number of the smallest unit']);
  });
});

describe('any file', () => {
  it('that is no statement is refused with a clear word', async () => {
    const said = async (text: string): Promise<string | undefined> => (await problems(text))[0];
    expect(await said('')).toContain('the file is empty');
    expect(await said('%PDF-1.7')).toContain('the PDF is damaged');
    expect(await said('hello, world\n1,2\n')).toContain('no format was recognised');
    expect(await said('<OFC><ACCTSTMT>')).toContain('this is OFC');
    expect(await said('<Document><BkToCstmrAcctRpt>')).toContain('CAMT.052');
    expect(await said('{"object":"invoice",')).toContain('no JSON');
  });

  it('never makes a reader throw', async () => {
    const starts = [
      '<OFX><STMTRS>',
      ':20:A\n:60F:C261001EUR1,\n:61:',
      '<Document><BkToCstmrStmt><Stmt>',
      'Date,Amount\n',
      '{"object":"invoice"',
      '',
    ];
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...['<STMTTRN>', '</STMTTRN>', '<TRNAMT>-1', '\n:86:?20', '\n:62F:', '<Ntry>', '</Stmt>', '"', ',1', '}'],
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.array(piece), async (start, pieces) => {
        const text = start + pieces.join('');
        expect(Array.isArray((await readStatement('x', bytesOf(text))).problems)).toBe(true);
      }),
    );
  });
});
