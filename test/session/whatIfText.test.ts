/** A variant as scenario text: what is written, and that everything else stays as its writer left it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editSource } from '../../shared/scenario/edit.ts';
import { account, changes, SCENARIOS, shipped, whatIf } from './whatIfFixture.ts';

const EVENTS = `events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10}
  - {at: 2025-01-01T00:00:00Z, type: grant, amount: 5, id: gift}
  - {at: 2025-01-03T00:00:00Z, type: policy, set: {cutoff: {delay: PT3H}}} # later
  - {at: 2025-01-04T00:00:00Z, type: auto_recharge, enabled: true, threshold: 5, top_up_to: 20}
`;

async function saved(
  text: string,
  set: Record<string, string>,
  hold: string[] = [],
  name = 'case.yaml',
): Promise<string> {
  const of = await account(text, name);
  const answer = await whatIf(() => of).saveVariant({ set, hold });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  expect(answer.commentsKept).toBe(true);
  return answer.text;
}

describe('a value is written', () => {
  test('where it stands, and nothing else changes', async () => {
    const text = `# who\ndrawdown: 1\npolicy:\n  cutoff: {delay: PT1H,   floor: -0.50} # an hour\n\n${EVENTS}`;
    expect(await saved(text, { 'cutoff.delay': '90 min' })).toBe(text.replace('PT1H,', 'PT1H30M,'));
    expect(await saved(text, { 'cutoff.delay': '60 min' })).toBe(text);
  });

  test('beside its neighbours where its map is there', async () => {
    const text = `drawdown: 1\npolicy:\n  cutoff: {delay: PT1H} # an hour\n  credits:\n    refundable: true # yes\n# end\n${EVENTS}`;
    const written = await saved(text, {
      'cutoff.floor': '-5',
      'credits.expire_after': 'never',
      'invoice.tax_rate': '19',
    });
    expect(written).toBe(
      text
        .replace('{delay: PT1H}', '{delay: PT1H, floor: -5}')
        .replace('# yes\n', '# yes\n    expire_after: null\n  invoice: {tax_rate: 0.19}\n'),
    );
  });

  test('in a section of its own, after those that come before it', async () => {
    const text = `drawdown: 1\naccount:\n  id: a # me\n${EVENTS}`;
    expect(
      await saved(text, { 'cutoff.delay': 'P1D', exhausted: 'bill the excess', 'account.timezone': 'Asia/Kolkata' }),
    ).toBe(
      text.replace(
        '# me\n',
        '# me\n  timezone: Asia/Kolkata\npolicy:\n  cutoff: {delay: P1D}\n  exhausted: bill_excess\n',
      ),
    );
  });

  test('in events too, where it is held', async () => {
    const text = `drawdown: 1\n${EVENTS}`;
    const written = await saved(text, { 'cutoff.delay': '5 min', 'auto_recharge.amount': '50' }, [
      'cutoff.delay',
      'auto_recharge.amount',
    ]);
    expect(written).toBe(
      text
        .replace('drawdown: 1\n', 'drawdown: 1\npolicy:\n  auto_recharge: {amount: 50}\n  cutoff: {delay: PT5M}\n')
        .replace('PT3H}}}', 'PT5M}}}')
        .replace('top_up_to: 20', 'top_up_to: null'),
    );
  });

  test('as the priority of a grant', async () => {
    const text = `drawdown: 1\n${EVENTS}`;
    expect(await saved(text, { 'events[1].priority': '-2' })).toBe(text.replace('id: gift', 'id: gift, priority: -2'));
  });

  test('apart from an alias that repeats it', async () => {
    const text = `drawdown: 1\npolicy: &rules\n  cutoff: &c {delay: PT1H}\n${EVENTS.replace('{cutoff: {delay: PT3H}}', '*rules')}`;
    const written = await saved(text, { 'cutoff.delay': 'PT2H' });
    expect(written).toContain('cutoff: &c {delay: PT2H}');
    expect(written).toContain('set: {cutoff: {delay: PT1H}}} # later');
  });

  test('with the line ends and the byte-order mark that the file has', async () => {
    const text = `\uFEFFdrawdown: 1\npolicy:\n  cutoff: {delay: PT1H}\n${EVENTS}`.replaceAll('\n', '\r\n');
    const written = await saved(text, { 'purchase.minimum': '7' });
    expect(written).toBe(text.replace('PT1H}\r\n', 'PT1H}\r\n  purchase: {minimum: 7}\r\n'));
  });

  test('as JSON in JSON', async () => {
    const json = JSON.stringify(
      { drawdown: 1, account: { opened: '2025-01-01T00:00:00Z' }, until: '2025-02-01T00:00:00Z' },
      null,
      2,
    );
    const written = await saved(json, { 'cutoff.delay': '5 min', exhausted: 'bill_excess' }, [], 'case.json');
    expect(JSON.parse(written)).toMatchObject({ policy: { cutoff: { delay: 'PT5M' }, exhausted: 'bill_excess' } });
    expect(written.split('\n').filter((line) => json.includes(line.replace(/,$/, '')))).toHaveLength(
      json.split('\n').length,
    );
  });

  test('a price, and another one in the alias that repeats its list', async () => {
    const of = await shipped('cached-tokens-have-their-own-price.yaml');
    const answer = await whatIf(() => of).saveVariant({
      set: {
        'rates["gpt-5.4"][0].output_tokens': '12',
        'rates["gpt-5.4-as-logged"][0].input_tokens': '3',
      },
    });
    expect(answer).toMatchObject({ ok: true, commentsKept: true });
    if (!answer.ok) return;
    expect(answer.text).toContain('input_tokens: 2.50, cached_input_tokens: 0.25, output_tokens: 12, per: 1000000}');
    expect(answer.text).toMatch(/gpt-5\.4-as-logged: \[\{.*input_tokens: 3, .*output_tokens: 15\.00.*\}\]/);
  });

  test('one cell of a tier at a time', async () => {
    const of = await shipped('quickstart.yaml');
    const answer = await whatIf(() => of).saveVariant({
      set: { 'tiers[1].max_purchase': '1500' },
      name: 'Tier 2: 1,500!',
    });
    expect(answer).toMatchObject({
      ok: true,
      name: 'quickstart-tier-2-1-500.yaml',
      text: of.scenario.text.replace('days: 7, max_purchase: 1000', 'days: 7, max_purchase: 1500'),
    });
  });
});

test.each(SCENARIOS)('in %s every comment and every other line stays', async (name) => {
  const of = await shipped(name);
  const asked = whatIf(() => of);
  const controls = await asked.policyControls({});
  const comments = [...of.scenario.text.matchAll(/(?:^|\s)(#.*)$/gm)].map(([, comment = '']) => comment);
  await fc.assert(
    fc.asyncProperty(changes(controls), async (change) => {
      const answer = await asked.saveVariant(change);
      // settings of auto-recharge that do not go together make no scenario
      if (!answer.ok) return;
      expect(comments.filter((comment) => !answer.text.includes(comment))).toEqual([]);
      if (name.endsWith('.json')) expect(() => JSON.parse(answer.text) as unknown).not.toThrow();
      const before = of.scenario.text.split('\n');
      const kept = new Set(answer.text.split('\n'));
      const gone = before.filter((line) => !kept.has(line));
      // a line a value, a line an event in which it is held, a line an alias
      expect(gone.length).toBeLessThanOrEqual(12);
    }),
    { numRuns: 8 },
  );
});

test('text that cannot be read is not edited', () => {
  expect(editSource('drawdown: [', [{ path: ['title'], value: 'x' }])).toBeNull();
  expect(editSource('', [{ path: ['title'], value: 'x' }])).toBeNull();
});
