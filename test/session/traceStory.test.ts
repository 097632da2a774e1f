/** Derivations that people ask for, in full: the demo's question, priced rows, imported rows, rows placed in buckets. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TraceApi, TraceNode, TraceTarget } from '../../shared/contract/trace.ts';
import type { UsageBatch } from '../../shared/domain/usage.ts';
import { openScenario, replayAccount, type Account } from '../../shared/session/account.ts';
import { generatedSource } from '../../shared/session/generated.ts';
import { traceService } from '../../shared/session/traceService.ts';
import { context, surroundings } from '../surroundings.ts';
import { atomsOf, Walker } from './traceChecks.ts';

async function opened(text: string, files: Readonly<Record<string, string>> = {}): Promise<Account> {
  const more = Object.entries(files).map(([name, content]) => ({ name, content: new TextEncoder().encode(content) }));
  const find = (name: string): Promise<(typeof more)[number] | null> =>
    Promise.resolve(more.find((file) => file.name === name) ?? null);
  const outcome = await openScenario({ name: 'scenario.yaml', text }, { find, more: [] }, surroundings, context);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.account;
}

function child(node: TraceNode, label: string): TraceNode {
  const found = node.children?.find((one) => one.label === label);
  if (found === undefined) throw new Error(`${node.label} has ${JSON.stringify(node.children?.map((c) => c.label))}`);
  return found;
}

/** A node with its children, however deep it was loaded. */
async function loaded(api: TraceApi, node: TraceNode): Promise<TraceNode> {
  const { rows } = await api.traceChildren({ key: node.key, offset: 0, limit: 100 }, context);
  return { ...node, children: rows };
}

/** The tree in lines, as a person reads it: sign, label, amount, rule. */
function lines(node: TraceNode, depth = 0): string[] {
  const rule =
    node.rule === undefined ? '' : ` (${node.rule.name}: ${node.rule.value ?? 'none'}, ${node.rule.from.kind})`;
  const own = `${'  '.repeat(depth)}${node.sign} ${node.label}${node.amount === null ? '' : ` ${node.amount}`}${rule}`;
  return [own, ...(node.children ?? []).flatMap((one) => lines(one, depth + 1))];
}

describe('why is the balance negative on 9 March?', () => {
  let account: Account;
  let api: TraceApi;
  const of: TraceTarget = { kind: 'balance', at: Date.UTC(2026, 2, 9) };
  beforeAll(async () => {
    account = await opened(readFileSync(path.join(import.meta.dirname, '../../scenarios/quickstart.yaml'), 'utf8'));
    api = traceService(() => account, surroundings);
  });

  test('it adds up to the last row', async () => {
    const root = await new Walker(api, 500).check(of);
    expect(root.amount).toBe('-86.7122753');
  });

  test('credit ran out after a skipped recharge, and usage was accepted until the cut-off', async () => {
    const root = await api.trace({ of }, context);
    expect(child(root, 'Lots')).toMatchObject({ amount: '0', sign: '+' });
    const debt = child(root, 'Debt');
    const { timeline, spans } = account.run.state;
    const skipped = timeline.findIndex(({ type }) => type === 'recharge_skipped');
    const cutoff = timeline.findIndex(({ type }) => type === 'cutoff');
    const owed = spans.reduce(
      (rows, { status, from, to, credits }) => (status === 'accepted' && credits === 0n ? rows + to - from : rows),
      1,
    );
    expect(child(debt, 'Overrun')).toMatchObject({ amount: '86.7122753', childCount: owed });
    const why = await loaded(api, child(debt, 'Why credit did not cover it'));
    expect(child(why, 'Auto-recharge skipped: monthly limit')).toMatchObject({
      amount: '250',
      opens: { kind: 'record', record: skipped },
    });
    expect(child(why, 'Auto-recharge limit of a calendar month').rule).toEqual({
      name: 'auto_recharge.monthly_limit',
      value: '1000',
      from: { kind: 'scenario', line: 21 },
    });
    const used = child(why, 'Credit used up');
    const cut = child(why, 'Access cut off');
    expect(cut).toMatchObject({ opens: { kind: 'record', record: cutoff }, at: used.at! + 2 * 3_600_000 });
    // all that is owed: what the last credit left of one row, and what came after it
    expect(atomsOf(cut) - atomsOf(used)).toBe(atomsOf(debt));
    expect(lines(why)).toEqual([
      '= Why credit did not cover it',
      `  = Credit used up ${used.amount ?? ''}`,
      '  = Auto-recharge skipped: monthly limit 250',
      '  = Auto-recharge limit of a calendar month 1000 (auto_recharge.monthly_limit: 1000, scenario)',
      '  = Usage past the last credit (exhausted: cut_off, default)',
      '  = Time from the floor to the cut-off (cutoff.delay: PT2H, scenario)',
      `  = Access cut off ${cut.amount ?? ''}`,
    ]);
  });

  test('the skip says what was left of the month’s limit', async () => {
    const record = account.run.state.timeline.findIndex(({ type }) => type === 'recharge_skipped');
    const root = await api.trace({ of: { kind: 'record', record } }, context);
    expect(child(root, 'Left of the calendar month’s limit')).toMatchObject({
      amount: '0',
      note: 'less than the amount: skipped',
    });
    const compared = atomsOf(child(root, 'Balance that was compared'));
    expect(compared < atomsOf(child(root, 'Auto-recharge threshold'))).toBe(true);
  });

  test('the invoice of its month adds up, and a line of it to the last row', async () => {
    const walker = new Walker(api, 1_000);
    const line = await walker.check({ kind: 'invoice_line', invoice: 5, line: 0 });
    expect(line).toMatchObject({ label: 'hm-embed', children: [{ kind: 'sum' }, { kind: 'rule' }] });
    expect(await walker.check({ kind: 'invoice', invoice: 5, figure: 'carried' })).toMatchObject({ amount: '86.71' });
    const opening = await walker.check({ kind: 'invoice', invoice: 5, figure: 'opening_balance' });
    expect(opening.at).toBe(Date.UTC(2026, 2, 1));
    expect(await walker.check({ kind: 'invoice', invoice: 5 })).toMatchObject({ amount: '0' });
  });
});

describe('rows', () => {
  test('a priced row is its meters by their prices, a stated one stands for itself, both with file and line', async () => {
    const account = await opened(
      `drawdown: 1
account: {opened: 2025-01-01T00:00:00Z}
usage: [{file: usage.csv}]
rates:
  m:
    - {from: 2024-01-01T00:00:00Z, per: 1000000, input_tokens: 2.5, output_tokens: 10}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
`,
      {
        'usage.csv': `timestamp,id,model,input_tokens,output_tokens,cost
2025-01-02T00:00:00Z,a,m,381677,32816,
2025-01-03T00:00:00Z,b,m,1,1,0.5
`,
      },
    );
    const api = traceService(() => account, surroundings);
    const walker = new Walker(api);
    const priced = await walker.check({ kind: 'usage', row: 0, of: 'cost' });
    expect(priced).toMatchObject({ amount: '1.2823525', source: { file: 'usage.csv', line: 2 } });
    expect(lines(priced)).toEqual([
      '= Usage m 1.2823525',
      '  + input_tokens 0.9541925',
      '    * Quantity 381677',
      '    * Price 2.5 (rates[m].input_tokens: 2.5, scenario)',
      '    / Per 1000000 (rates[m].per: 1000000, scenario)',
      '  + output_tokens 0.32816',
      '    * Quantity 32816',
      '    * Price 10 (rates[m].output_tokens: 10, scenario)',
      '    / Per 1000000 (rates[m].per: 1000000, scenario)',
    ]);
    expect(await walker.check({ kind: 'usage', row: 1, of: 'cost' })).toMatchObject({
      amount: '0.5',
      kind: 'row',
      childCount: 0,
      source: { file: 'usage.csv', line: 3 },
    });
  });

  test('a rule cites the event that set it, from when it was taken', async () => {
    const account = await opened(`drawdown: 1
account: {opened: 2025-01-01T00:00:00Z}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
  - {at: 2025-01-02T00:00:00Z, type: policy, set: {cutoff: {delay: PT3H}}}
  - {at: 2025-01-03T00:00:00Z, type: usage, cost: 11}
  - {at: 2025-01-03T01:00:00Z, type: policy, set: {cutoff: {delay: PT9H}}}
until: 2025-01-04T00:00:00Z
`);
    const api = traceService(() => account, surroundings);
    const record = account.run.state.timeline.findIndex(({ type }) => type === 'cutoff');
    const cut = await new Walker(api).check({ kind: 'record', record });
    // what was pending kept its instant: the delay is the one in force when the balance fell
    expect(child(cut, 'Time from the floor to the cut-off').rule).toEqual({
      name: 'cutoff.delay',
      value: 'PT3H',
      from: { kind: 'event', event: 1, at: Date.UTC(2025, 0, 2), line: 5 },
    });
    expect(child(cut, 'Balance fell to the floor')).toMatchObject({ at: Date.UTC(2025, 0, 3), source: { event: 2 } });
    expect(cut.at).toBe(Date.UTC(2025, 0, 3, 3));
    const before = await api.trace({ of: { kind: 'balance', at: Date.UTC(2025, 0, 1) } }, context);
    expect(child(child(before, 'Rules in force at this instant'), 'Time from the floor to the cut-off').rule).toEqual({
      name: 'cutoff.delay',
      value: 'PT0S',
      from: { kind: 'default' },
    });
  });

  test('rows that cover a time are traced from their parts to the imported row', async () => {
    const none = { from: 0, to: 0, seed: 1, rate: { rows: 0, perMs: 1 }, shape: 'flat', skus: [] } as const;
    const template = generatedSource({ ...none, cost: { kind: 'fixed', value: 0n } }, 'daily.csv', 'USD');
    const day = 86_400_000;
    const start = Date.UTC(2025, 0, 2);
    const batch: UsageBatch = {
      ...template.batch,
      count: 2,
      at: Float64Array.of(start, start + day),
      until: Float64Array.of(start + day, start + 2 * day),
      sku: { codes: Uint32Array.of(0, 0), names: ['m'] },
      cost: { whole: Float64Array.of(7, -1), pico: null },
      meters: new Map([['tokens', { whole: Float64Array.of(-1, 500), pico: null }]]),
      line: Uint32Array.of(2, 3),
    };
    const adjustment = { at: start, amount: 1_000_000_000_000n, id: null, source: 'daily.csv', line: 4 };
    const text = `drawdown: 1
account: {opened: 2025-01-01T00:00:00Z}
policy: {cutoff: {delay: P30D}}
rates: {m: [{from: 2024-01-01T00:00:00Z, tokens: 0.01, per: 3}]}
events: [{at: 2025-01-01T00:00:00Z, type: purchase, amount: 5, id: first}]
`;
    const source = { ...template, batch, adjustments: [adjustment], placement: 'spread' as const };
    const outcome = replayAccount({ name: 'scenario.yaml', text }, [source], surroundings);
    if (!outcome.ok) throw new Error('it has no problem');
    const walker = new Walker(traceService(() => outcome.account, surroundings));
    expect(await walker.check({ kind: 'figure', figure: 'accepted_count' })).toMatchObject({ amount: '2' });
    expect(await walker.check({ kind: 'figure', figure: 'accepted_cost' })).toMatchObject({ amount: '8.666666666667' });
    expect(await walker.check({ kind: 'balance' })).toMatchObject({ amount: '-2.666666666667' });
    const last = await walker.check({ kind: 'usage', row: 47, of: 'cost' });
    expect(lines(last)).toEqual([
      '= Usage m 0.069444444455',
      '  + Imported row 1.666666666667',
      '    + tokens 1.666666666667',
      // twenty-four parts of 0.069444444444, and what is left over in the last
      '  - Placed in other parts of its bucket 1.597222222212 (placement: spread, import)',
    ]);
    expect(child(last, 'Imported row').source).toEqual({ file: 'daily.csv', line: 3 });
    const record = outcome.account.run.state.timeline.findIndex(({ type }) => type === 'adjustment');
    expect(await walker.check({ kind: 'record', record })).toMatchObject({ source: { file: 'daily.csv', line: 4 } });
  });

  test('what names nothing is refused by name', async () => {
    const account = await opened('drawdown: 1\naccount: {opened: 2025-01-01T00:00:00Z}\n');
    const api = traceService(() => account, surroundings);
    for (const of of [
      { kind: 'lot', lot: 0 },
      { kind: 'record', record: -1 },
      { kind: 'invoice', invoice: 5 },
      { kind: 'usage', row: 0, of: 'balance' },
      { kind: 'rejected', reason: 'mood', of: 'cost' },
    ] as const)
      await expect(api.trace({ of }, context)).rejects.toThrow('no such figure');
    for (const key of [
      '',
      'lot',
      'used:0:9:0',
      'balance:0:0/9',
      'balance:0:0/x',
      '__proto__:1',
      'rejected:1.5:0',
      'used:0:0:-1:9:2',
    ])
      await expect(api.traceChildren({ key, offset: 0, limit: 5 }, context)).rejects.toThrow('no such figure');
    const page = { key: 'balance:0:0', offset: Number.NaN, limit: -1 };
    expect(await api.traceChildren(page, context)).toMatchObject({ rows: [] });
  });
});
