/**
 * An invented September that has everything finance meets: an account that recharges itself from its usage log, the vendor's
 * invoices as CSV and one again as JSON, a card in the account's currency, and two bank accounts in euros (CAMT.053 and
 * MT940) that pay invoices in dollars, with fees. One charge was taken twice and given back, one is off by a cent, one has
 * no document, one is still on its way at the month's end, one is another product's.
 */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

const NUMBER = (n: number): string => `HLCN2K7Q-00${n}`;

/** When the balance falls below its threshold, and so when a recharge is bought: day and time of September. */
const RECHARGES = [
  [31, '02', '16:38:12'],
  [32, '05', '12:18:40'],
  [33, '09', '19:33:05'],
  [34, '12', '21:35:51'],
  [35, '16', '17:55:02'],
  [36, '19', '07:21:33'],
  [37, '24', '10:05:19'],
  [39, '30', '23:52:40'],
] as const;

export const SCENARIO: TextFile = {
  name: 'brightwater.yaml',
  text: `drawdown: 1
title: Brightwater Analytics
account: {id: org-brightwater, opened: 2026-08-20T00:00:00Z}
policy:
  auto_recharge: {enabled: true, threshold: 100, amount: 250}
events:
  - {at: 2026-08-20T09:00:00Z, type: purchase, amount: 300, id: L-26}
  - {at: 2026-09-28T08:12:00Z, type: purchase, amount: 500, id: L-34}
until: 2026-10-05T00:00:00Z
`,
};

/** 250.00 before each recharge, the last row of which sets it off. */
export const USAGE: TextFile = {
  name: 'usage_september.csv',
  text: [
    'timestamp,id,model,project,input_tokens,output_tokens,cost',
    ...RECHARGES.flatMap(([n, day, time]) => {
      const last = n === 39 ? '590.00' : '90.00';
      return [
        `2026-09-${day}T03:10:00Z,u${n}a,alto-2,search,120000,4000,90.00`,
        `2026-09-${day}T05:40:00Z,u${n}b,alto-2 mini,search,90000,9000,70.00`,
        `2026-09-${day}T${time}Z,u${n}c,alto-2,batch,150000,2000,${last}`,
      ];
    }),
    '',
  ].join('\n'),
};

const HEADER =
  'id,Number,Date (UTC),Paid At (UTC),Amount Due,Amount Paid,Subtotal,Total,Tax,Status,Currency,Description,Customer Name';

function invoice(n: number, time: string, net: string, tax: string, total: string, status = 'paid'): string {
  const paid = status === 'paid' ? [time, total, total] : ['', total, '0.00'];
  return [
    ...[`in_${n}`, NUMBER(n), time, ...paid, net, total, tax, status, 'usd'],
    ...['API credits (auto-recharge)', 'Brightwater Analytics GmbH'],
  ].join(',');
}

export const INVOICES: TextFile = {
  name: 'stripe_invoices.csv',
  text: [
    HEADER,
    invoice(30, '2026-09-01 04:12', '250.00', '22.19', '272.19', 'void'),
    ...RECHARGES.map(([n, day, time]) => invoice(n, `2026-09-${day} ${time.slice(0, 5)}`, '250.00', '22.19', '272.19')),
    invoice(38, '2026-09-28 08:12', '500.00', '44.38', '544.38'),
    '',
  ].join('\n'),
};

/** The manual purchase of 28 September again, as the API answers: one document in two files. */
export const INVOICE_JSON: TextFile = {
  name: 'invoice_0038.json',
  text: `${JSON.stringify({
    ...{ id: 'in_38', object: 'invoice', number: NUMBER(38), status: 'paid', currency: 'usd' },
    ...{ account_name: 'Halcyon Models, Inc.', customer_name: 'Brightwater Analytics GmbH' },
    ...{
      created: 1790583120,
      subtotal: 50000,
      total: 54438,
      total_taxes: [{ amount: 4438, tax_behavior: 'exclusive' }],
    },
    ...{ starting_balance: 0, ending_balance: 0, amount_due: 54438, amount_paid: 54438, amount_remaining: 0 },
    ...{ total_discount_amounts: [], status_transitions: { finalized_at: 1790583120, paid_at: 1790583125 } },
    ...{
      lines: { object: 'list', data: [{ id: 'il_38', amount: 50000, currency: 'usd', description: 'API credits' }] },
    },
  })}\n`,
};

export const CARD: TextFile = {
  name: 'card_september.csv',
  text: [
    'Date,Description,Amount,Balance',
    '2026-09-03,HALCYON* API CREDITS,-272.19,4727.81',
    '2026-09-07,HALCYON* API CREDITS,-272.19,4455.62',
    '2026-09-07,HALCYON* TEAM SEATS,-160.00,4295.62',
    '2026-09-10,HALCYON* API CREDITS,-272.19,4023.43',
    '2026-09-14,HALCYON* API CREDITS,-272.19,3751.24',
    '2026-09-14,HALCYON* API CREDITS,-272.19,3479.05',
    '2026-09-17,HALCYON* API CREDITS,272.19,3751.24',
    '2026-09-17,HALCYON* API CREDITS,-272.20,3479.04',
    '2026-09-18,CAFE AM MARKT,-6.20,3472.84',
    '2026-09-21,HALCYON* API USAGE,-37.42,3435.42',
    '2026-09-29,HALCYON* API CREDITS,-544.38,2891.04',
    '',
  ].join('\n'),
};

/** The card's next month: what was on its way at the end of September. */
export const CARD_OCTOBER: TextFile = {
  name: 'card_october.csv',
  text: [
    'Date,Description,Amount,Balance',
    '2026-10-02,HALCYON* API CREDITS,-272.19,2618.85',
    '2026-10-05,CAFE AM MARKT,-4.10,2614.75',
    '',
  ].join('\n'),
};

/** One booked debit. */
function entry(
  day: string,
  amount: string,
  reference: string,
  text: string,
  inside: readonly [string, string],
): string {
  const money = `<Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>`;
  return `      <Ntry>
        ${money}<Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>2026-09-${day}</Dt></BookgDt><ValDt><Dt>2026-09-${day}</Dt></ValDt>
        <AcctSvcrRef>202609${day}00017</AcctSvcrRef>
        <NtryDtls><TxDtls>
          <Refs><EndToEndId>${reference}</EndToEndId></Refs>
          ${money}${inside[0]}
          ${inside[1]}<RmtInf><Ustrd>${text}</Ustrd></RmtInf>
        </TxDtls></NtryDtls>
      </Ntry>`;
}

const creditor = (name: string): string => `<RltdPties><Cdtr><Pty><Nm>${name}</Nm></Pty></Cdtr></RltdPties>`;
const balance = (code: string, amount: string, day: string): string =>
  `      <Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt>
        <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-09-${day}</Dt></Dt></Bal>`;
const EXCHANGE =
  '<AmtDtls><InstdAmt><Amt Ccy="USD">272.19</Amt></InstdAmt><TxAmt><Amt Ccy="EUR">252.54</Amt>' +
  '<CcyXchg><SrcCcy>USD</SrcCcy><TrgtCcy>EUR</TrgtCcy><XchgRate>0.9278</XchgRate></CcyXchg></TxAmt></AmtDtls>';

/** Dollars paid in euros with both amounts stated, the bank's fee for it a day later, and another vendor. */
export const CAMT: TextFile = {
  name: 'camt053_september.xml',
  text: [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">',
    '  <BkToCstmrStmt>',
    '    <GrpHdr><MsgId>C053-20260930</MsgId><CreDtTm>2026-10-01T02:14:07.000+02:00</CreDtTm></GrpHdr>',
    '    <Stmt>',
    '      <Id>2026-09</Id><CreDtTm>2026-10-01T02:14:07.000+02:00</CreDtTm>',
    '      <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>',
    balance('OPBD', '9000.00', '01'),
    balance('CLBD', '8627.79', '30'),
    entry('21', '252.54', NUMBER(36), `Invoice ${NUMBER(36)} API credits`, [
      EXCHANGE,
      creditor('Halcyon Models, Inc.'),
    ]),
    entry('22', '4.42', 'NOTPROVIDED', `Entgelt zu ${NUMBER(36)}`, ['', '']),
    entry('23', '115.25', 'PH-4711', 'Bürobedarf 4711', ['', creditor('Papierhaus Müller &amp; Söhne')]),
    '    </Stmt>',
    '  </BkToCstmrStmt>',
    '</Document>',
    '',
  ].join('\n'),
};

/** A second account: 253.16 for 272.19 at 0.9301, said in the text alone, and its fee. */
export const MT940: TextFile = {
  name: 'mt940_september.sta',
  text: [
    ':20:STARTUMSE',
    ':25:37040044/0532013001',
    ':28C:00009/001',
    ':60F:C260901EUR1000,00',
    `:61:2609250925DR253,16NTRF${NUMBER(37)}//BK26092500017`,
    `:86:177?00AUSLANDSUEBERWEISUNG?109248?20EREF+${NUMBER(37)} SVWZ+INV?21OICE`,
    ` ${NUMBER(37)} USD 272,19 KURS 0,9301?32HALCYON MODELS INC`,
    ':61:2609260926DR4,43NCHGNONREF//BK26092600003',
    ':86:808?00ENTGELT?109201?20AUSLANDSEINSATZENTGELT 1,75?21PCT ZU BK260925',
    '00017',
    ':62F:C260930EUR742,41',
    '-',
    '',
  ].join('\r\n'),
};

/** The vendor's own report of usage by day: evidence, and a cent short on one day. */
export const COSTS: TextFile = {
  name: 'vendor_costs.csv',
  text: [
    'date,model,cost',
    ...RECHARGES.flatMap(([n, day]) => [
      `2026-09-${day}T00:00:00Z,alto-2,${n === 39 ? '680.00' : n === 35 ? '179.99' : '180.00'}`,
      `2026-09-${day}T00:00:00Z,alto-2 mini,70.00`,
    ]),
    '',
  ].join('\n'),
};

/** Balances as the vendor's page showed them; the fourth was read before a recharge had arrived. */
export const BALANCES: TextFile = {
  name: 'balances_september.csv',
  text: [
    'time,balance',
    '2026-09-01T00:00:00Z,300.00',
    '2026-09-03T00:00:00Z,300.00',
    '2026-09-06T00:00:00Z,300.00',
    '2026-09-10T00:00:00Z,50.00',
    '2026-09-13,300.00',
    '2026-09-29T00:00:00Z,800.00',
    '',
  ].join('\n'),
};

export const STATEMENTS: readonly TextFile[] = [INVOICES, INVOICE_JSON, CARD, CAMT, MT940];
