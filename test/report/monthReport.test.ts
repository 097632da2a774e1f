/** October reconciled through the worker's door, and every form of its report. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { ReportRequest } from '../../shared/contract/report.ts';
import { Transfer } from '../../shared/contract/rpc.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { parseCsv, sheetsOf } from '../export/readBack.ts';
import { CREDIT_NOTE, done, opened, seed, take } from '../session/reconcile/story.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';
import { CHECKERS } from './checkers.ts';
import { OCTOBER } from './october.ts';

const REQUEST: ReportRequest = { period: '2026-10', view: 'buyer', by: 'lot' };

let engine: EngineApi;

beforeAll(async () => {
  engine = engineService(loadSql, surroundings);
  const scenario = { name: 'october.yaml', text: OCTOBER, files: [] };
  await opened(engine.openScenario(scenario, context));
  await take(engine, seed('stripe_invoices.csv'), seed('bank.ofx'));
  let shown = await done(engine, CREDIT_NOTE);
  // the invoice with tax: the ledger was not told of any
  const open = shown.groups.filter(({ section }) => section === 'to_decide').map(({ id }) => id);
  shown = await done(engine, { kind: 'accept', groups: open, reason: 'sales tax, as the invoice has it' });
  await done(engine, {
    kind: 'own',
    break: shown.groups.find((group) => group.break !== null)?.break?.id ?? '',
    owner: 'C. Example',
  });
  await done(engine, { kind: 'prepare' });
  await done(engine, { kind: 'review' });
  await done(engine, { kind: 'seal' });
});

test('the document has what both rest on: sources, decisions, roll-forward, the head of the log', async () => {
  const report = await engine.reportDocument(REQUEST, context);
  expect(report.sources.map(({ name, rows, sha256 }) => [name, rows, sha256.length])).toEqual([
    ['stripe_invoices.csv', 8, 64],
    ['bank.ofx', 8, 64],
  ]);
  expect(report.decisions.map(({ kind, actor }) => [kind, actor])).toEqual([
    ['document', 'A. Example'],
    ['accept', 'A. Example'],
  ]);
  expect(report.decisions[1]?.says).toContain('sales tax, as the invoice has it');
  expect(report).toMatchObject({
    samePerson: true,
    account: 'org-brightwater',
    rollForward: { view: 'buyer', total: { opening: '0', purchases: '2500', usage: '889.5', refunds: '250' } },
    reconciliation: { verdict: 'reconciled_with_timing', period: { state: 'sealed' } },
  });
  expect(report.reconciliation.head).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.parse(await engine.reportJson(REQUEST, context))).toEqual(JSON.parse(JSON.stringify(report)));
});

test('the spreadsheet has five sheets, and the figures of the document', async () => {
  const answer: unknown = await engine.reportXlsx(REQUEST, context);
  if (!(answer instanceof Transfer) || !(answer.value instanceof Uint8Array)) throw new Error('no bytes were made');
  const sheets = await sheetsOf(answer.value);
  expect(sheets.map(({ name }) => name)).toEqual([
    'Summary and bridge',
    'Matches',
    'Breaks',
    'Roll-forward',
    'Settings and hashes',
  ]);
  const [summary, matches, breaks, roll, settings] = sheets.map(({ rows }) => rows);
  expect(summary).toContainEqual(expect.arrayContaining(['Verdict', 'reconciled with timing']));
  expect(matches?.filter((row) => row.includes('HLCN2K7Q-0015')).length).toBeGreaterThanOrEqual(2);
  expect(breaks?.flat()).toContain('C. Example');
  expect(roll?.find(([label]) => label === 'Total')?.at(-1)).toBe('1380.5');
  expect(settings?.flat().filter((cell) => /^[0-9a-f]{64}$/.test(cell)).length).toBeGreaterThanOrEqual(5);
});

test('the CSV has a row an item', async () => {
  const [header, ...rows] = parseCsv(await engine.reportCsv(REQUEST, context));
  const { groups } = (await engine.reportDocument(REQUEST, context)).reconciliation;
  const items = groups.flatMap(({ cells }) => Object.values(cells).flat());
  expect(rows).toHaveLength(items.length);
  const at = (name: string): number => header?.indexOf(name) ?? -1;
  const refund = rows.find((row) => row[at('reference')] === 'HLCN2K7Q-0014-CN-01' && row[at('side')] === 'document');
  // an amount stays a number, whatever its sign
  expect(refund?.[at('amount')]).toBe('-250');
});

describe.each(CHECKERS)('the month’s entries, for $program', ({ program, absent, complaints }) => {
  const form = program === 'hledger' ? 'hledger' : 'beancount';
  test('are as they were', async () => {
    const text = await engine.reportJournal({ period: '2026-10', form }, context);
    // the log's hashes have the day of the test in them, and the program its version
    const steady = text.replace(/; made by .*/, '; made by the program');
    await expect(steady).toMatchFileSnapshot(`golden/october.${form}`);
  });

  if (absent) test.skip(`skipped: ${program} is not installed`, () => undefined);
  else
    test('are taken by it', async () => {
      expect(complaints(await engine.reportJournal({ period: '2026-10', form }, context))).toBe('');
    });
});

test('where the account bought nothing itself, the vendor’s documents are booked', async () => {
  const alone: EngineApi = engineService(loadSql, surroundings);
  await take(alone, seed('stripe_invoices.csv'), seed('bank.ofx'));
  await done(alone, CREDIT_NOTE);
  const text = await alone.reportJournal({ period: '2026-10', form: 'hledger' }, context);
  expect(text).toContain('the account has no purchases of its own');
  expect(text).toMatch(/2026-10-23 \* \(HLCN2K7Q-?0015\)[^]*?1000\.00 USD\n[^\n]*88\.75 USD\n[^\n]*-1088\.75 USD/);
  expect(text).toMatch(/2026-10-31 ! \(HLCN2K7Q-?0017\)/);
  for (const { program, absent, complaints } of CHECKERS)
    if (!absent && program === 'hledger') expect(complaints(text)).toBe('');
});
