/** An account with what others state of it: balances that agree and that differ, documents and bank lines. */
export interface StatedFile {
  readonly name: string;
  readonly text: string;
}

/** 100.00 bought on 1 October, 5.00 used at noon of each day. */
export const ACCOUNT: StatedFile = {
  name: 'stated.yaml',
  text: `drawdown: 1
title: Halcyon credits
account: {opened: 2026-10-01T00:00:00Z}
events:
  - {at: 2026-10-01T00:00:00Z, type: purchase, amount: 100, id: first}
${Array.from({ length: 24 }, (_, day) => `  - {at: 2026-10-${String(day + 2).padStart(2, '0')}T12:00:00Z, type: usage, cost: 5}`).join('\n')}
  - {at: 2026-10-20T09:00:00Z, type: purchase, amount: 50, id: second}
until: 2026-11-05T00:00:00Z
`,
};

/** Of six, two differ: by -2.50 at an instant, by 12.00 from the nearest of a day. */
export const BALANCES: StatedFile = {
  name: 'balances.csv',
  text: [
    'time,balance',
    '2026-10-03T00:00:00Z,95.00',
    '2026-10-06T18:00:00Z,75.00',
    '2026-10-09T00:00:00Z,62.50',
    '2026-10-14,40.00',
    '2026-10-22,62.00',
    '2026-10-24T12:00:00Z,35.00',
    '',
  ].join('\n'),
};

/** What the vendor answered, without a time. */
export const CREDITS: StatedFile = {
  name: 'credits.json',
  text: '{"data":{"total_credits":150.0,"total_usage":45}}\n',
};

export const INVOICES: StatedFile = {
  name: 'invoices.csv',
  text: [
    'id,Number,Date (UTC),Amount Due,Amount Paid,Subtotal,Total,Tax,Status,Currency,Customer Name',
    'in_1,HM-0001,2026-10-01 00:01,100.00,100.00,100.00,100.00,0.00,paid,usd,Brightwater',
    'in_2,HM-0002,2026-10-20 09:00,50.00,50.00,50.00,50.00,0.00,paid,usd,Brightwater',
    '',
  ].join('\n'),
};

/** One line of three is of another party. */
export const BANK: StatedFile = {
  name: 'bank.csv',
  text: [
    'Date,Payee,Description,Amount',
    '2026-10-03,HALCYON MODELS INC,card,-100.00',
    '2026-10-15,Coffee Ltd,card,-3.20',
    '2026-10-22,HALCYON MODELS INC,card,-50.00',
    '',
  ].join('\n'),
};
