/** What the head of a file is taken for, against the importers of usage. */
import { describe, expect, it, test } from 'vitest';
import { USAGE_FORMATS } from '../../../shared/import/formats.ts';
import { headOf } from '../../../shared/import/head.ts';
import { recognise } from '../../../shared/import/importer.ts';
import { detectPasted, detectStatement } from '../../../shared/import/statements/detect.ts';
import { STATEMENT_FORMATS } from '../../../shared/import/statements/statementFormats.ts';
import { bytesOf, shared } from './helpers.ts';

const STATEMENTS: Readonly<Record<string, string>> = {
  'bank.ofx': 'ofx',
  'bank2.ofx': 'ofx',
  'camt053.xml': 'camt053',
  'mt940.sta': 'mt940',
  'bank_generic_eu.csv': 'bank-csv',
  'stripe_invoices.csv': 'stripe-invoices',
  'stripe_balance_change_itemized.csv': 'stripe-balance',
  'stripe_payouts.csv': 'stripe-payouts',
  'stripe_invoice.json': 'stripe-invoice-json',
  'stripe_invoice.pdf': 'stripe-pdf',
  'focus_1_2.csv': 'focus',
  'deepseek_balance.json': 'deepseek-balance',
  'openrouter_credits.json': 'openrouter-credits',
  'openai_credit_grants_legacy.json': 'openai-credit-grants',
};

const USAGE = [
  ...['anthropic_console_cost.csv', 'anthropic_console_usage.csv', 'openai_cost_export.csv', 'usage_events.csv'],
  ...['completions_usage_2026-10-02_2026-10-03.csv', 'deepseek_amount.csv', 'deepseek_cost.csv', 'openai_costs.json'],
  ...['openrouter_activity.csv', 'openrouter_activity_daily.csv', 'litellm_spend_logs.jsonl', 'usage_events.ndjson'],
  ...['anthropic_usage_report.json', 'openai_usage_completions.json', 'usage_events.cloudevents.json'],
];

/** Confidence as a statement and as usage. */
function rivals(bytes: Uint8Array): { statement: number; usage: number; format: string | undefined } {
  const head = headOf('file', bytes, true);
  const statement = detectStatement(head);
  return {
    statement: statement?.confidence ?? 0,
    usage: recognise(USAGE_FORMATS, head)?.detection.confidence ?? 0,
    format: statement?.format,
  };
}

describe('samples', () => {
  for (const [name, format] of Object.entries(STATEMENTS)) {
    const bytes = shared(`samples/${name}`);
    it.skipIf(bytes === null)(`${name} is a statement (skipped without the shared samples)`, () => {
      const found = rivals(bytes ?? new Uint8Array());
      expect(found.format).toBe(format);
      expect(found.statement).toBeGreaterThan(found.usage);
    });
  }

  for (const name of USAGE) {
    const bytes = shared(`samples/${name}`);
    it.skipIf(bytes === null)(`${name} is usage (skipped without the shared samples)`, () => {
      const found = rivals(bytes ?? new Uint8Array());
      expect(found.usage).toBeGreaterThan(found.statement);
    });
  }
});

describe('tables', () => {
  test.each([
    ['QuickBooks, three columns', 'Date,Description,Amount\n10/25/2026,x,-5.00'],
    ['QuickBooks, four columns', 'Date,Description,Credit,Debit\n10/25/2026,x,,5.00'],
    ['Xero', 'Date,Amount,Payee,Description,Reference,Cheque Number\n25/10/2026,-5.00,a,b,c,'],
    ['French', 'Date;Libellé;Débit euros;Crédit euros\n25/10/2026;x;5,00;'],
    ['Dutch', '"Datum";"Naam / Omschrijving";"Rekening";"Af Bij";"Bedrag (EUR)"\n"20261025";"x";"NL1";"Af";"5,00"'],
    ['behind a long preamble', `${'Some Bank;page\n'.repeat(70)}Datum;Betrag\n25.10.2026;5,00`],
  ])('%s is a bank’s', (_, text) => {
    const found = rivals(bytesOf(text));
    expect(found.format).toBe('bank-csv');
    expect(found.statement).toBeGreaterThan(found.usage);
  });

  test.each([
    ['a model', 'date,model,amount,description\n2026-10-25,alto,5.00,x'],
    ['tokens', 'Date,Amount,Input Tokens,Name\n2026-10-25,5.00,7,x'],
    ['nothing bank-like', 'date,amount\n2026-10-25,5.00'],
  ])('a table with %s is usage', (_, text) => {
    const found = rivals(bytesOf(text));
    expect(found.usage).toBeGreaterThan(found.statement);
  });

  it('that names no date is nothing', () => {
    expect(detectStatement(headOf('x', bytesOf('a,b\n1,2'), true))).toBeNull();
    expect(detectStatement(headOf('x', bytesOf('{"object":"list","data":[]}'), true))).toBeNull();
  });
});

describe('balances', () => {
  test.each([
    ['a table', 'time,balance\n2026-10-25T08:00:00Z,5.00', 'balances-csv'],
    ['an array', '[{"time":"2026-10-25T08:00:00Z","balance":5}]', 'balances-json'],
    ['lines', '{"ts":"2026-10-25T08:00:00Z","credits_remaining":5}\n', 'balances-json'],
  ])('%s of a time and a balance', (_, text, format) => {
    const found = rivals(bytesOf(text));
    expect(found.format).toBe(format);
    expect(found.statement).toBeGreaterThan(found.usage);
  });

  it('no log whose rows have a balance beside a cost', () => {
    const found = rivals(bytesOf('{"ts":"2026-10-25T08:00:00Z","cost":1,"balance":5}\n'));
    expect(found.usage).toBeGreaterThan(found.statement);
  });
});

describe('pasted text', () => {
  it('may be any statement, or rows of a billing history', () => {
    const pasted = (text: string): string | undefined => detectPasted(headOf('pasted', bytesOf(text), true))?.format;
    expect(pasted('Date\tDescription\tAmount\n2026-10-25\tx\t-5.00')).toBe('bank-csv');
    expect(pasted('HLCN2K7Q-0011\tPaid\t$500.00\tOct 2, 2026\nHLCN2K7Q-0012\tPaid\t$250.00\tOct 9, 2026')).toBe(
      'billing-history',
    );
    expect(pasted('hello')).toBeUndefined();
  });
});

it('every format that is recognised can be chosen', () => {
  const formats = STATEMENT_FORMATS.map(({ format }): string => format);
  for (const format of Object.values(STATEMENTS)) expect(formats).toContain(format);
});
