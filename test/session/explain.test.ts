/** Explaining over an open account: its real replay, and figures stated as reconciliations state them. */
import { describe, expect, test } from 'vitest';
import type { Explained, Explanation, ExplainTarget } from '../../shared/contract/explain.ts';
import type { Reconciliation, ReconPeriod, UsageLine } from '../../shared/contract/reconcile.ts';
import { openScenario, type Account } from '../../shared/session/account.ts';
import { explainService } from '../../shared/session/explainService.ts';
import { context, surroundings } from '../surroundings.ts';

const USAGE = `timestamp,id,model,input_tokens,cached_input_tokens,output_tokens,api_key
2026-09-30T23:41:00Z,a,gpt,300007,0,11003,web
2026-10-01T03:12:00Z,b,gpt,181234,20000,9121,web
2026-10-07T14:02:00Z,c,gpt,411873,0,20117,ops
2026-10-14T15:20:00Z,d,mini,333337,0,21013,ops
2026-10-31T22:41:00Z,e,gpt,140007,0,8009,web
2026-10-31T23:47:00Z,f,gpt,77777,40000,5005,web
2026-11-01T02:20:00Z,g,mini,251009,0,11003,web
2026-11-30T23:50:00Z,h,gpt,91009,0,7003,ops
`;

function scenario(policy: string, timezone = 'UTC'): string {
  return `drawdown: 1
title: two months
account: {opened: 2026-09-01T00:00:00Z, timezone: ${timezone}}
policy: ${policy}
rates:
  gpt:
    - {from: 2026-09-01T00:00:00Z, input_tokens: 2.50, cached_input_tokens: 1.25, output_tokens: 10, per: 1000000}
    - {from: 2026-10-14T12:00:00Z, input_tokens: 3, cached_input_tokens: 1.50, output_tokens: 12, per: 1000000}
  mini: [{from: 2026-09-01T00:00:00Z, input_tokens: 1, cached_input_tokens: 0.50, output_tokens: 4, per: 1000000}]
events:
  - {at: 2026-09-01T00:00:00Z, type: purchase, amount: 20, id: first}
  - {at: 2026-10-20T00:00:00Z, type: purchase, amount: 10, id: second}
until: 2026-12-02T00:00:00Z
`;
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

function accountOf(text: string, csv = USAGE): Promise<Account> {
  return accountOfFiles(csv === '' ? [] : [{ name: 'usage.csv', text: csv }], text);
}

async function accountOfFiles(files: readonly NamedText[], text = scenario('{}')): Promise<Account> {
  const more = files.map((file) => ({ name: file.name, content: new TextEncoder().encode(file.text) }));
  const find = (): Promise<null> => Promise.resolve(null);
  const opened = await openScenario({ name: 'two.yaml', text }, { find, more }, surroundings, context);
  if (!opened.ok) throw new Error(opened.problems.map(({ message }) => message).join('\n'));
  return opened.account;
}

interface Stated {
  readonly period: string;
  readonly usage?: readonly Partial<UsageLine>[];
  readonly balances?: readonly {
    readonly at: string;
    readonly day?: boolean;
    readonly simulated: string;
    readonly stated: string;
  }[];
  readonly more?: Partial<Reconciliation>;
}

/** A reconciliation in which only this is stated. */
function reconciliation({ period, usage = [], balances = [], more = {} }: Stated): Reconciliation {
  return {
    period: { period } as ReconPeriod,
    ...{
      vendor: 'Vendor',
      currency: 'USD',
      minorDigits: 2,
      timezone: 'UTC',
      adopted: [],
      verdict: 'breaks',
      lacks: [],
    },
    bridge: { pillars: [], steps: [], gross: '0' },
    groups: [],
    usage: usage.map((line, index) => ({
      ...{ id: `u${index}`, what: 'month', label: period, simulated: '0', stated: null },
      ...{ difference: null, source: null, agrees: false, ...line },
    })),
    balances: balances.map(({ at, day = false, simulated, stated }, index) => ({
      ...{ id: `b${index}`, at: Date.parse(at), day, simulated, stated },
      ...{ difference: '0', source: 'note', line: null, agrees: false },
    })),
    sums: {} as Reconciliation['sums'],
    ...{ undo: null, redo: null, head: null, ...more },
  };
}

/** Asks until all was tried, a step of the clock at a time. */
async function explain(
  account: Account,
  target: ExplainTarget,
  stated: readonly Stated[],
): Promise<Explained & { readonly calls: number }> {
  let clock = 0;
  const months = stated.map(reconciliation);
  const service = explainService(
    () => Promise.resolve(account),
    {
      reconPeriods: () => Promise.resolve(months.map(({ period }) => period)),
      reconciliation: ({ period }) => Promise.resolve(months.find((month) => month.period.period === period)!),
    },
    { ...surroundings, now: () => clock++ },
  );
  let answer = await service.explain({ target }, context);
  let calls = 1;
  for (; answer.next !== null; calls++) answer = await service.explain({ target, next: answer.next }, context);
  return { ...answer, calls };
}

const OCTOBER: ExplainTarget = { kind: 'usage', period: '2026-10', line: 'u0' };

function first(explained: Explained): Explanation {
  const [best] = explained.explanations;
  if (best === undefined) throw new Error(`nothing was found among ${JSON.stringify(explained.tried)}`);
  return best;
}

/** What an account's months come to, in cents. */
function usageOf({ run }: Account, period: string): string {
  const { from, to } = run.state.invoices.find((one) => one.period === period)!;
  const { at, sums } = run.input.log;
  const rows = [from, to].map((bound) => at.filter((instant) => instant < bound).length);
  return (Math.round(Number(sums.between(rows[0]!, rows[1]!)) / 1e10) / 100).toFixed(2);
}

describe('usage of a month', () => {
  test('another zone of the month comes first over all months, with the rows that move and what What-if takes', async () => {
    const account = await accountOf(scenario('{}'));
    const vendor = await accountOf(scenario('{}', 'America/Los_Angeles'));
    const months = ['2026-10', '2026-09', '2026-11'].map((period) => ({
      period,
      usage: [{ simulated: usageOf(account, period), stated: usageOf(vendor, period) }],
    }));
    const explained = await explain(account, OCTOBER, months);
    expect(explained).toMatchObject({ label: 'usage of 2026-10', simulated: usageOf(account, '2026-10') });
    expect(explained.calls).toBeGreaterThan(1);
    const best = first(explained);
    expect(best).toMatchObject({
      family: 'policy',
      changes: { 'account.timezone': 'America/Los_Angeles' },
      set: { 'account.timezone': 'America/Los_Angeles' },
      ...{ residual: '0', percent: 100, movedCount: 2 },
    });
    expect(best.sentence).toBe(
      `If the vendor's month ends at midnight in Los Angeles, usage of 2026-10 is ${best.after}, as stated.`,
    );
    expect(best.moved.map(({ label, line }) => [label, line])).toEqual([
      ['gpt', 3],
      ['mini', 8],
    ]);
    expect(best.also.filter(({ closes }) => closes).map(({ label }) => label)).toContain('usage of 2026-11');
    expect(best.detail).toMatch(/^2 rows move, first 2026-10-01 03:12 UTC gpt -0\./);
  });

  test('one month alone leaves rivals, and says how many', async () => {
    const account = await accountOf(scenario('{}'));
    const late = await accountOf(scenario('{}'), USAGE.replace('2026-10-31T23:47', '2026-11-01T00:02'));
    const usage = [{ simulated: usageOf(account, '2026-10'), stated: usageOf(late, '2026-10') }];
    const { explanations } = await explain(account, OCTOBER, [{ period: '2026-10', usage }]);
    const closing = explanations.filter(({ residual }) => residual === '0');
    expect(closing.length).toBeGreaterThan(1);
    for (const { verdict, rivals } of closing) expect([verdict, rivals]).toEqual(['fits', closing.length - 1]);
    expect(closing.map(({ changes }) => changes)).toContainEqual({ 'usage.without': 'hour 2026-10-31T23' });
    expect(closing.map(({ changes }) => changes)).toContainEqual({ 'usage.posting_delay_min': 15 });
    expect(closing.find(({ changes }) => 'usage.without' in changes)).toMatchObject({ family: 'data', set: null });
  });

  test.each([
    ['usage.cached_price', 'as_fresh', USAGE.replace('181234,20000', '201234,0').replace('77777,40000', '117777,0')],
    [
      'usage.without',
      'key ops',
      USAGE.split('\n')
        .filter((line) => !line.endsWith('ops'))
        .join('\n'),
    ],
    [
      'usage.twice',
      'model mini',
      USAGE +
        USAGE.split('\n')
          .filter((line) => line.includes(',mini,'))
          .map((line) => line.replace('Z,', 'Z,x'))
          .join('\n'),
    ],
  ])('%s %s is found from months and days', async (parameter, value, csv) => {
    const account = await accountOf(scenario('{}'));
    const vendor = await accountOf(scenario('{}'), csv);
    const months = ['2026-10', '2026-11'].map((period) => ({
      period,
      usage: [{ simulated: usageOf(account, period), stated: usageOf(vendor, period) }],
    }));
    expect(first(await explain(account, OCTOBER, months)).changes).toEqual({ [parameter]: value });
  });
});

describe('files', () => {
  const [head = '', ...rows] = USAGE.trimEnd().split('\n');
  const files = (...lists: readonly (readonly string[])[]): NamedText[] =>
    lists.map((lines, index) => ({ name: `${index + 1}.csv`, text: [head, ...lines].join('\n') }));
  const october = (account: Account, vendor: Account): Stated => ({
    period: '2026-10',
    usage: [{ simulated: usageOf(account, '2026-10'), stated: usageOf(vendor, '2026-10') }],
  });

  test('one that came late and is not on the bill; what it has grown copies of is', async () => {
    const grown = rows[2]!.replace('411873', '511873');
    const account = await accountOfFiles(files([...rows.slice(0, 4), ...rows.slice(6)], [grown, ...rows.slice(4, 6)]));
    const vendor = await accountOfFiles(files([...rows.slice(0, 4), ...rows.slice(6)]));
    expect(first(await explain(account, OCTOBER, [october(account, vendor)]))).toMatchObject({
      ...{ changes: { 'usage.without': 'file 2.csv' }, set: null },
      sentence: expect.stringContaining('If usage of file 2.csv is not on the bill') as string,
    });
  });

  test('rows of a day that is stated and of which nothing is loaded', async () => {
    const account = await accountOfFiles(files(rows.filter((row) => !row.startsWith('2026-10-07'))));
    const vendor = await accountOfFiles(files(rows));
    const stated = october(account, vendor);
    const day = { id: 'd', what: 'day', label: '2026-10-07', simulated: null, stated: '1.2308525' } as const;
    const { explanations } = await explain(account, OCTOBER, [{ ...stated, usage: [...stated.usage!, day] }]);
    expect(explanations.map(({ sentence }) => sentence)).toContain(
      'Nothing is loaded for 2026-10-07; the difference equals what is stated for it.',
    );
  });
});

describe('other figures', () => {
  test('a balance that credits of another life explain', async () => {
    const account = await accountOf(scenario('{credits: {expire_after: P90D}}'));
    const at = '2026-12-01T00:00:00Z';
    const vendor = await accountOf(scenario('{credits: {expire_after: P1Y}}'));
    const balances = [{ at, simulated: balanceAt(account, at), stated: balanceAt(vendor, at) }];
    const target: ExplainTarget = { kind: 'balance', period: '2026-11', point: 'b0' };
    const best = first(await explain(account, target, [{ period: '2026-11', balances }]));
    expect(best.changes).toEqual({ 'credits.expire_after': '1 y' });
    expect(best.moved.map(({ label }) => label)).toContain('expiry first');
  });

  test('a balance of which only the day is stated agrees with any balance of the day', async () => {
    const account = await accountOf(scenario('{}'));
    const before = balanceAt(account, '2026-10-07T14:01:59Z');
    const balances = [{ at: '2026-10-07T00:00:00Z', day: true, simulated: before, stated: before }];
    const target: ExplainTarget = { kind: 'balance', period: '2026-10', point: 'b0' };
    const explained = await explain(account, target, [{ period: '2026-10', balances }]);
    expect(explained).toMatchObject({ difference: '0', explanations: [] });
  });

  test('a document that asks for tax on top: the rate, as a value of the policy and as a tell', async () => {
    const account = await accountOf(scenario('{}'));
    const item = (side: string, amount: string) => ({
      ...{ id: side === 'simulated' ? 'simulated/purchase/second' : 'document/2', side, kind: 'purchase', at: null },
      ...{ date: '2026-10-20', amount, currency: 'USD', tax: null, original: null, reference: null },
      ...{ text: 'Purchase second', status: null, sources: [], record: 3, invoice: null, entry: null },
    });
    const group = {
      ...{ id: 'g', section: 'to_decide', missing: {}, links: [], state: 'Exception', category: 'amount_difference' },
      ...{ steps: [], difference: '1.90', break: null, ignored: null, notes: 0, candidates: [] },
      cells: { simulated: [item('simulated', '10')], document: [item('document', '11.90')], bank: [] },
    };
    const more = { groups: [group] } as unknown as Partial<Reconciliation>;
    const { explanations } = await explain(account, { kind: 'group', period: '2026-10', group: 'g' }, [
      { period: '2026-10', more },
    ]);
    const closing = explanations.filter(({ residual }) => residual === '0');
    expect(closing.map(({ changes }) => changes)).toEqual([
      { 'purchase.tax_rate': '19 %' },
      { 'tell.rate': 'tax of 19 %' },
    ]);
    expect(closing[0]).toMatchObject({ set: { 'purchase.tax_rate': '19 %' }, after: '11.9', stated: '11.9' });
    expect(closing[1]).toMatchObject({ family: 'arithmetic', set: null, verdict: 'fits' });
  });

  test('of a refund that stands alone only what it may give back is told, and that once', async () => {
    const account = await accountOf(scenario('{}'));
    const item = (side: string, name: string, amount: string) => ({
      ...{
        id: `${side}/${name}`,
        side,
        kind: 'purchase',
        at: null,
        date: '2026-10-20',
        amount,
        currency: 'USD',
        tax: null,
      },
      ...{ original: null, reference: null, text: name, status: null, sources: [], record: null, invoice: null },
      entry: null,
    });
    const group = (id: string, difference: string, cells: Readonly<Record<string, unknown>>) => ({
      ...{ id, section: 'to_decide', missing: {}, links: [], state: 'No purchase', category: 'missing_in_ledger' },
      ...{ steps: [], difference, break: null, ignored: null, notes: 0, candidates: [] },
      cells: { simulated: [], document: [], bank: [], ...cells },
    });
    const bridge = { pillars: [{ side: 'simulated', label: '', total: '10', note: '' }], steps: [], gross: '0' };
    const explainLone = async (...others: readonly unknown[]) => {
      const groups = [group('lone', '-10', { bank: [item('bank', 'REFUND', '-10')] }), ...others];
      const more = { bridge, groups } as unknown as Partial<Reconciliation>;
      const target: ExplainTarget = { kind: 'group', period: '2026-10', group: 'lone' };
      const { explanations } = await explain(account, target, [{ period: '2026-10', more }]);
      return explanations.filter(({ family }) => family === 'arithmetic').map(({ sentence }) => sentence);
    };
    const bought = group('g', '0', { simulated: [item('simulated', 'Purchase second', '10')] });
    expect(await explainLone(bought)).toEqual([expect.stringMatching(/^No document of any month has this amount/)]);
    const paid = group('h', '0', {
      simulated: [item('simulated', 'Purchase second', '10')],
      bank: [item('bank', 'CARD', '10')],
    });
    expect(await explainLone(paid)).toEqual([expect.stringMatching(/^It gives back CARD of 20 Oct/)]);
    const again = [1, 2].map((at) => ({ ...item('bank', 'CARD', '10'), id: `again ${at}` }));
    expect(await explainLone(group('k', '0', { bank: again }))).toEqual([
      expect.stringMatching(/^It gives back one of 2: CARD of 20 Oct \(2 times\)\. /),
    ]);
  });

  test('what is no longer there is said to be so', async () => {
    const account = await accountOf(scenario('{}'));
    await expect(explain(account, OCTOBER, [{ period: '2026-10' }])).rejects.toThrow('u0 is no longer there');
    await expect(explain(account, OCTOBER, [])).rejects.toThrow('nothing is known of 2026-10');
  });
});

function balanceAt({ course }: Account, at: string): string {
  const atoms = course.balanceAt(Date.parse(at));
  return (Number(atoms / 10_000n) / 1e8).toFixed(8);
}
