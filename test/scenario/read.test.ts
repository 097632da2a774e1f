import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../shared/domain/policy.ts';
import { formatProblem, readScenario } from '../../shared/scenario/read.ts';
import { formatSample, HEAD, ledgerVectors, problemsOf, scenarioOf } from './fixtures.ts';

const UNIT = 1_000_000_000_000n;

describe('scenarios that read', () => {
  const vectors = ledgerVectors();
  test.skipIf(vectors === null)('every ledger vector (skipped where ../shared/vectors/ledger is not there)', () => {
    for (const { name, text } of vectors ?? []) {
      expect({ name, problems: problemsOf(text) }).toEqual({ name, problems: [] });
      // a comment makes it no JSON: the YAML reader must find the very same
      expect({ name, scenario: scenarioOf(`# YAML\n${text}`) }).toStrictEqual({ name, scenario: scenarioOf(text) });
    }
    expect(vectors?.length).toBeGreaterThan(100);
  });

  const sample = formatSample();
  test.skipIf(sample === null)('the sample of the format (skipped where ../shared/spec is not there)', () => {
    const scenario = scenarioOf(sample ?? '');
    expect(scenario.events).toHaveLength(10);
    expect(scenario.expect).toHaveLength(5);
    expect(scenario.policy.cutoff.delay.text).toBe('PT5M');
    expect(scenario.rates.get('gpt-4o')).toEqual([
      {
        from: Date.UTC(2024, 9, 1),
        per: 1_000_000n * UNIT,
        prices: { input_tokens: (UNIT * 5n) / 2n, cached_input_tokens: (UNIT * 5n) / 4n, output_tokens: 10n * UNIT },
      },
    ]);
    expect(scenario.usage[1]).toEqual({
      kind: 'generate',
      generate: {
        from: Date.UTC(2025, 0, 1),
        to: Date.UTC(2025, 1, 1),
        seed: 7,
        rate: { rows: 120, perMs: 3_600_000 },
        cost: { kind: 'lognormal', median: UNIT / 50n, sigma: 1.1 },
        shape: 'diurnal',
        skus: [{ sku: 'usage', weight: 1 }],
      },
    });
  });

  test('what is left out has its default', () => {
    expect(scenarioOf(HEAD)).toEqual({
      title: '',
      account: { id: 'account', currency: 'USD', timezone: 'UTC', plan: 'prepaid', opened: Date.UTC(2025, 0, 1) },
      policy: DEFAULT_POLICY,
      rates: new Map(),
      declines: [],
      usage: [],
      events: [],
      until: null,
      expect: [],
    });
  });

  test('numbers are their source text, written as a number or in quotes', () => {
    const amounts = [
      '0.1',
      '"0.1"',
      '0.123456789012',
      '1e-6',
      '-.5',
      '900719925474099301',
      '1.0000000000000000000',
      '+5',
      '007',
    ];
    const events = amounts.map((amount) => `  - {at: 2025-01-02T00:00:00Z, type: adjustment, amount: ${amount}}`);
    const read = scenarioOf(`${HEAD}events:\n${events.join('\n')}\n`).events.map(
      (event) => event.type === 'adjustment' && event.amount,
    );
    expect(read).toEqual([
      UNIT / 10n,
      UNIT / 10n,
      123456789012n,
      1_000_000n,
      -UNIT / 2n,
      900719925474099301n * UNIT,
      UNIT,
      5n * UNIT,
      7n * UNIT,
    ]);
  });

  test('other keys of a usage event are meters, whatever they are called', () => {
    const [event] = scenarioOf(
      `${HEAD}events: [{at: 2025-01-02T00:00:00Z, type: usage, constructor: 5, to_string: 0.5}]`,
    ).events;
    expect(event).toEqual({
      type: 'usage',
      at: Date.UTC(2025, 0, 2),
      id: null,
      sku: 'usage',
      cost: null,
      meters: { constructor: 5n * UNIT, to_string: UNIT / 2n },
    });
    expect(Object.getPrototypeOf(event?.type === 'usage' && event.meters)).toBeNull();
  });

  test('aliases repeat values', () => {
    const scenario = scenarioOf(`${HEAD}policy: {cutoff: {delay: &d PT5M, restore_delay: *d}}\n`);
    expect(scenario.policy.cutoff.restore_delay.text).toBe('PT5M');
  });

  test('rates are in ascending order of time, whatever their order in the file', () => {
    const scenario = scenarioOf(
      `${HEAD}rates: {a: [{from: 2025-02-01T00:00:00Z, x: 2}, {from: 2025-01-01T00:00:00Z, x: 1}]}`,
    );
    expect(scenario.rates.get('a')?.map(({ from }) => from)).toEqual([Date.UTC(2025, 0, 1), Date.UTC(2025, 1, 1)]);
  });

  test('until may be the opening, and a hundred years after it', () => {
    expect(problemsOf(`${HEAD}until: 2025-01-01T00:00:00Z`)).toEqual([]);
    expect(problemsOf(`${HEAD}until: 2125-01-01T00:00:00Z`)).toEqual([]);
  });

  test('auto-recharge events after until are not in force', () => {
    const text = `${HEAD}until: 2025-01-02T00:00:00Z\nevents: [{at: 2025-01-03T00:00:00Z, type: auto_recharge, enabled: true}]`;
    expect(problemsOf(text)).toEqual([]);
  });

  test.each([
    ['YAML', 'drawdown: 1\nevents:\n  - at: 2025-01-01T00:00:00Z\n    type: adjustment\n    amount: 5\n'],
    [
      'JSON',
      '{"drawdown": 1,\n"events": [\n    {"at": "2025-01-01T00:00:00Z",\n"a": 0, "type": "adjustment",\n   "amount": 5}]}'.replace(
        '"a": 0, ',
        '',
      ),
    ],
  ])('values are located in %s', (_, text) => {
    const result = readScenario(text, 'f');
    if (!result.ok) throw new Error('does not read');
    const lineOfAmount = text.split('\n').findIndex((line) => line.includes('amount')) + 1;
    const columnOfAmount = (text.split('\n')[lineOfAmount - 1] ?? '').indexOf('5') + 1;
    expect(result.locate(['events', 0, 'amount'])).toEqual({ line: lineOfAmount, column: columnOfAmount });
    expect(result.locate(['events', 0, 'id'])).toEqual({ line: 3, column: 5 });
    expect(result.locate([])).toEqual({ line: 1, column: 1 });
  });
});

describe('problems', () => {
  test('all of them are listed, in order of their position', () => {
    const text = `${HEAD}events:
  - {at: 2025-01-02T00:00:00Z, type: purchase, amount: -5, payment: no}
  - {at: 2024-01-02T00:00:00Z, type: usage, cost: 1}
policy: {cutoff: {delay: 5}}
expect: [{count: cutof, equals: 1}]
`;
    expect(problemsOf(text)).toEqual([
      'f:4:56: amount must be positive, found -5; to take credits away use an adjustment',
      'f:4:69: payment must be one of ok, declined; found the text "no"',
      'f:5:10: at lies before account.opened, 2025-01-01T00:00:00.000Z; nothing can happen before the account opens',
      'f:6:26: delay is a duration and needs a unit, found "5"; e.g. PT5M for five minutes',
      expect.stringMatching(
        /^f:7:18: count must be one of purchase, auto_recharge, .*; found the text "cutof"; did you mean cutoff\?$/,
      ),
    ]);
  });

  test('each names its field', () => {
    const result = readScenario(`${HEAD}policy: {tiers: [{name: A, paid: x, days: 0}]}`, 'f');
    expect(result.ok ? [] : result.problems.map(({ field }) => field)).toEqual(['policy.tiers[0].paid']);
  });

  test('what an alias repeats is reported once', () => {
    const text = `${HEAD}policy: {cutoff: {delay: &d 5, restore_delay: *d}}`;
    expect(problemsOf(text)).toHaveLength(2);
    expect(problemsOf(`${HEAD}events:\n  - &e {at: 2025-01-02T00:00:00Z, type: purchase}\n  - *e\n`)).toHaveLength(1);
  });

  test('are written without line and column where there are none', () => {
    expect(formatProblem({ file: 'a.yaml', line: null, column: null, field: null, message: 'm' })).toBe('a.yaml: m');
  });
});
