/** Runs under other values: what they say beside the saved run, variants, and the difference of two runs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WhatIfTried } from '../../shared/contract/whatIf.ts';
import type { Account } from '../../shared/session/account.ts';
import { account, changes, imported, SCENARIOS, shipped, whatIf, withText, type Asked } from './whatIfFixture.ts';

const CASE = `drawdown: 1
account: {opened: 2025-01-01T00:00:00Z}
policy: {cutoff: {delay: PT1H}}
rates:
  m:
    - {from: 2025-06-01T00:00:00Z, per: 1000, tokens: 7}
    - {from: 2024-01-01T00:00:00Z, per: 1000, tokens: 4}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
  - {at: 2025-01-01T00:00:00Z, type: grant, amount: 5, id: gift, expire_after: P30D}
  - {at: 2025-01-02T00:00:00Z, type: usage, sku: m, tokens: 1000}
  - {at: 2025-01-03T00:00:00Z, type: policy, set: {cutoff: {delay: PT3H, floor: -1}}}
  - {at: 2025-01-04T00:00:00Z, type: usage, sku: m, tokens: 3000}
  - {at: 2025-01-04T01:00:00Z, type: usage, sku: other, cost: 1}
  - {at: 2025-01-04T02:00:00Z, type: usage, sku: other, cost: 2}
  - {at: 2025-01-05T00:00:00Z, type: usage, sku: m, tokens: 1000}
until: 2025-02-02T00:00:00Z
`;

function window({ run }: Account) {
  return { from: run.input.opened, to: run.input.until, columns: 50, strip: 40 };
}

async function tried(
  of: Account,
  asked: Asked,
  set: Record<string, string>,
  more: { hold?: string[]; variant?: string; against?: string } = {},
): Promise<WhatIfTried> {
  const answer = await asked.tryPolicy({ set, ...more, ...window(of) });
  if (!answer.ok) throw new Error(answer.problems.map(({ path, message }) => `${path ?? ''} ${message}`).join('\n'));
  return answer;
}

function figure({ figures }: WhatIfTried, name: string) {
  const found = figures.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no figure ${name}`);
  return found;
}

describe('a run under no change', () => {
  test.each(SCENARIOS)('%s is the saved run', async (name) => {
    const of = await shipped(name);
    const asked = whatIf(() => of);
    const answer = await tried(of, asked, {});
    expect(answer.figures.every(({ same }) => same)).toBe(true);
    expect(answer.changed).toEqual([]);
    // setting every value to what it is changes nothing either
    const controls = await asked.policyControls({});
    const all = await tried(of, asked, Object.fromEntries(controls.map(({ path, saved }) => [path, saved])));
    expect(all.figures).toEqual(answer.figures);
    expect(all.changed).toEqual([]);
    const { from, to, columns } = window(of);
    expect(answer.series).toEqual(await asked.variantSeries({ id: 'tried', from, to, columns }));
    const difference = await asked.compareSeries({ a: 'saved', b: 'tried', from, to, columns });
    expect([difference.lowest, difference.highest]).toEqual([null, null]);
  });
});

describe('controls of an account', () => {
  test('show saved values, defaults, later changes, prices and burn order', async () => {
    const of = await account(CASE);
    const controls = new Map((await whatIf(() => of).policyControls({})).map((control) => [control.path, control]));
    expect(controls.get('cutoff.delay')).toMatchObject({
      saved: '1 h',
      standard: '0 min',
      changes: [{ event: 3, value: '3 h' }],
    });
    // the entries of a SKU are in the order of their days; a SKU with costs of its own has no price
    expect(controls.get('rates["m"][0].tokens')).toMatchObject({ saved: '4.00', unit: 'USD per 1000', standard: null });
    expect(controls.get('rates["m"][1].tokens')).toMatchObject({ saved: '7.00' });
    expect([...controls.keys()].filter((path) => path.startsWith('rates'))).toHaveLength(2);
    expect(controls.get('events[1].priority')).toMatchObject({ saved: '0', label: 'Priority of grant gift' });
    expect(controls.get('account.timezone')).toMatchObject({ saved: 'UTC' });
  });
});

describe('a changed value', () => {
  test('answers with exact deltas', async () => {
    const of = await account(CASE);
    const answer = await tried(
      of,
      whatIf(() => of),
      { 'rates["m"][0].tokens': '4.000000000003' },
    );
    // four thousand tokens are accepted, at a price of 3 x 10^-12 more a thousand
    expect(figure(answer, 'accepted_cost')).toMatchObject({ value: '19.000000000012', delta: '0.000000000012' });
    expect(answer.changed).toEqual([{ path: 'rates["m"][0].tokens', value: '4.000000000003', saved: '4.00' }]);
  });

  test('holds until an event sets it, or throughout', async () => {
    const of = await account(CASE);
    const asked = whatIf(() => of);
    // credits are used up on 4 January at 02:00, after the event of the 3rd
    const until = await tried(of, asked, { 'cutoff.delay': '10 min' });
    expect(figure(until, 'cut_off').same).toBe(true);
    const throughout = await tried(of, asked, { 'cutoff.delay': '10 min' }, { hold: ['cutoff.delay'] });
    const least = 2 * 3_600_000 + 50 * 60_000;
    expect(figure(throughout, 'cut_off').delta).toBe(String(least));
  });

  test('that cannot be read is located, and the last good run stays', async () => {
    const of = await account(CASE);
    const asked = whatIf(() => of);
    await tried(of, asked, { 'cutoff.delay': '2 h' });
    const answer = await asked.tryPolicy({
      set: { 'cutoff.delay': '5 parsecs', 'purchase.minimum': '-1', 'no.such': '1', 'events[0].priority': '1' },
      ...window(of),
    });
    expect(answer).toMatchObject({
      ok: false,
      problems: [
        { path: 'cutoff.delay', column: 3, message: 'has no unit parsecs; units are y, mo, w, d, h, min, s and ms' },
        { path: 'purchase.minimum', column: 1, message: 'must not be negative' },
        { path: 'no.such', column: null },
        { path: 'events[0].priority', column: null },
      ],
    });
    const { from, to, columns } = window(of);
    expect(await asked.variantSeries({ id: 'tried', from, to, columns })).toBeDefined();
  });

  test('that leaves auto-recharge without an amount says what to set', async () => {
    const of = await account(CASE);
    const answer = await whatIf(() => of).tryPolicy({ set: { 'auto_recharge.enabled': 'on' }, ...window(of) });
    expect(answer).toMatchObject({ ok: false, problems: [{ path: 'auto_recharge.threshold', column: null }] });
  });

  test('of a single tier is a cell of the table', async () => {
    const of = await shipped('quickstart.yaml');
    const asked = whatIf(() => of);
    const answer = await tried(of, asked, { 'tiers[1].paid': '5000' });
    expect(answer.changed).toEqual([{ path: 'tiers[1].paid', value: '5000.00', saved: '1000.00' }]);
    const twice = await asked.tryPolicy({ set: { 'tiers[1].name': 'Tier 1' }, ...window(of) });
    expect(twice).toMatchObject({ ok: false, problems: [{ path: 'tiers[1].name' }] });
  });

  test('of the burn order changes which lot expires', async () => {
    const of = await shipped('quickstart.yaml');
    const answer = await tried(
      of,
      whatIf(() => of),
      { 'events[1].priority': '-1' },
    );
    expect(figure(answer, 'expired')).toMatchObject({ value: '0', same: false });
  });

  test('counts what there is to draw', async () => {
    const of = await shipped('quickstart.yaml');
    const asked = whatIf(() => of);
    const answer = await tried(of, asked, { 'cutoff.delay': '0' });
    const { from, to, strip } = window(of);
    const notes = await asked.variantAnnotations({ id: 'tried', from, to });
    const { marks, spans, overruns, months } = notes;
    expect(answer.notes).toEqual(notes);
    expect(answer.difference).toEqual(await asked.compareSeries({ a: 'saved', b: 'tried', from, to, columns: strip }));
    expect(answer.counts).toMatchObject({ spans: spans.length, overruns: overruns.length, months: months.length });
    expect(Object.values(answer.counts.marks).reduce((sum, count) => sum + count, 0)).toBe(marks.length);
  });
});

describe('variants', () => {
  test('are kept, told apart, and come back from plain JSON', async () => {
    const of = await shipped('quickstart.yaml');
    const asked = whatIf(() => of);
    await asked.pinVariant({ name: 'More a month', set: { 'auto_recharge.monthly_limit': '2500' } });
    const pinned = await asked.pinVariant({ name: 'At once', set: { 'cutoff.delay': '0' }, variant: 'variant-1' });
    if (!pinned.ok) throw new Error('refused');
    expect(pinned.variants.map(({ id, name }) => [id, name])).toEqual([
      ['variant-1', 'More a month'],
      ['variant-2', 'At once'],
    ]);
    expect(pinned.variants[1]?.set).toEqual({ 'auto_recharge.monthly_limit': '2500', 'cutoff.delay': '0' });
    const table = await asked.variants({});
    const again = whatIf(() => of);
    await again.setVariants({ variants: JSON.parse(JSON.stringify(pinned.variants)) as typeof pinned.variants });
    expect(await again.variants({})).toEqual(table);
    const direct = await tried(of, asked, { 'auto_recharge.monthly_limit': '2500' });
    expect(table.variants[0]?.figures).toEqual(direct.figures);
    const against = await asked.variants({ against: 'variant-1' });
    expect(against.variants[0]?.figures.every(({ same }) => same)).toBe(true);
  });

  test('are at most six, each with a name, an id and texts', async () => {
    const of = await account(CASE);
    const asked = whatIf(() => of);
    for (let i = 1; i <= 6; i++) expect((await asked.pinVariant({ name: `v${i}`, set: {} })).ok).toBe(true);
    expect(await asked.pinVariant({ name: 'v7', set: {} })).toMatchObject({ ok: false });
    const bad: unknown[] = [
      [{ id: 'saved', name: 'x', set: {} }],
      [{ id: 'a', name: 'x', set: { b: 1 } }],
      'none',
      [null],
    ];
    for (const variants of bad)
      expect(await asked.setVariants({ variants: variants as never })).toMatchObject({ ok: false });
    expect((await asked.variants({})).variants).toHaveLength(6);
  });

  test('of values that another account does not have say so', async () => {
    let of = await shipped('quickstart.yaml');
    const asked = whatIf(() => of);
    await asked.pinVariant({ name: 'gift first', set: { 'events[1].priority': '-5' } });
    of = await account(CASE.replace(/.*id: gift.*\n/, ''));
    expect((await asked.variants({})).variants).toMatchObject([
      { figures: [], problems: [{ path: 'events[1].priority' }] },
    ]);
  });
});

describe('what is saved', () => {
  test.each(SCENARIOS)('of %s replays to the figures that were tried', async (name) => {
    const of = await shipped(name);
    const asked = whatIf(() => of);
    const controls = await asked.policyControls({});
    await fc.assert(
      fc.asyncProperty(changes(controls), async (change) => {
        const answer = await asked.tryPolicy({ ...change, ...window(of) });
        if (!answer.ok) return;
        const saved = await asked.saveVariant(change);
        if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
        expect(saved.commentsKept).toBe(true);
        const reread = withText(of, saved.text);
        const other = whatIf(() => reread);
        const { figures } = await tried(reread, other, {});
        expect(figures.map(({ value }) => value)).toEqual(answer.figures.map(({ value }) => value));
      }),
      { numRuns: 8 },
    );
  });
});

describe('prices of a price list', () => {
  test('are controls of imported rows, and are written into the scenario', async () => {
    const text = CASE.replace('until: 2025-02-02T00:00:00Z\n', '');
    const of = await imported(
      text,
      'timestamp,id,model,input_tokens,output_tokens\n2025-01-05T00:00:00Z,a,gpt-4o,1000000,500000\n',
    );
    const asked = whatIf(() => of);
    const controls = await asked.policyControls({});
    const price = controls
      .filter(({ path }) => path.startsWith('rates["gpt-4o"]'))
      .find(({ path }) => path.endsWith('].output_tokens'));
    if (price === undefined) throw new Error('no price of gpt-4o');
    const set = { [price.path]: '1000' };
    const answer = await tried(of, asked, set);
    // half a million of what a million costs
    const more = (1000 - Number(price.saved)) / 2;
    const cost = ['accepted_cost', 'rejected_cost'].map((name) => Number(figure(answer, name).delta));
    expect(cost.reduce((sum, delta) => sum + delta, 0)).toBeCloseTo(more, 9);
    const saved = await asked.saveVariant({ set });
    if (!saved.ok) throw new Error('refused');
    expect(saved).toMatchObject({ commentsKept: true });
    expect(saved.text).toContain('  gpt-4o: [{from: ');
    const reread = withText(of, saved.text);
    const again = await tried(
      reread,
      whatIf(() => reread),
      {},
    );
    expect(again.figures.map(({ value }) => value)).toEqual(answer.figures.map(({ value }) => value));
  });
});

describe('the difference of two runs', () => {
  test('is that of their balances at every instant of a column', async () => {
    const of = await shipped('quickstart.yaml');
    const asked = whatIf(() => of);
    await tried(of, asked, { 'auto_recharge.monthly_limit': '2500' });
    const from = Date.UTC(2026, 2, 7);
    const to = Date.UTC(2026, 2, 11);
    const { at, low, high, lowest, highest } = await asked.compareSeries({
      a: 'saved',
      b: 'tried',
      from,
      to,
      columns: 40,
    });
    expect(at).toHaveLength(40);
    expect(Number(highest?.value)).toBeCloseTo(Math.max(...high), 5);
    expect(Number(lowest?.value)).toBeCloseTo(Math.min(...low), 5);
    const balanceAt = async (id: string, instant: number): Promise<number> =>
      (await asked.variantSeries({ id, from: instant, to: instant, columns: 1 })).balance[0] ?? NaN;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: from, max: to - 1 }), async (instant) => {
        const column = Math.floor(((instant - from) / (to - from)) * 40);
        const difference = (await balanceAt('tried', instant)) - (await balanceAt('saved', instant));
        expect(difference).toBeGreaterThanOrEqual((low[column] ?? NaN) - 1e-5);
        expect(difference).toBeLessThanOrEqual((high[column] ?? NaN) + 1e-5);
      }),
      { numRuns: 300 },
    );
  });

  test('of changed prices is found between changes too, by every row', async () => {
    const of = await account(CASE);
    const asked = whatIf(() => of);
    await tried(of, asked, { 'rates["m"][0].tokens': '1', 'cutoff.delay': '30 d' }, { hold: ['cutoff.delay'] });
    const { from, to } = window(of);
    // a column an hour: each has one value at its first and last instant, and at its rows
    const columns = (to - from) / 3_600_000;
    const { low, high } = await asked.compareSeries({ a: 'saved', b: 'tried', from, to, columns });
    expect([low[24], high[24]]).toEqual([3, 3]);
    expect([low[23], high[23]]).toEqual([0, 0]);
    expect([low[72], high[72]]).toEqual([12, 12]);
  });
});
