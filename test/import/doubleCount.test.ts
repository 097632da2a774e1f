/** Files whose rows differ and that state the same usage all the same; and files that only look like it. */
import { describe, expect, it } from 'vitest';
import type { UsageBatch } from '../../shared/domain/usage.ts';
import { doubleCountOf, type DoubleCounted } from '../../shared/import/doubleCount.ts';
import { read, sample } from './helpers.ts';

async function batchOf(header: string, rows: readonly string[]): Promise<UsageBatch> {
  const { batch, report } = await read([header, ...rows].join('\n'));
  expect(report.rows.rejected).toBe(0);
  return batch;
}

const found = (batch: UsageBatch, ...others: UsageBatch[]): DoubleCounted | null =>
  doubleCountOf(
    batch,
    others.map((other, index) => ({ name: `other${index}.csv`, batch: other })),
  );

const dates = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04'];
/** Usage of two models in two projects, different every day. */
const amounts = (day: number): readonly [string, string, number][] => [
  ['a', 'p', 1234 + 77 * day],
  ['a', 'q', 411 + 13 * day],
  ['b', 'p', 2009 - 50 * day],
  ['b', 'q', 5 + day * day],
];

function grouped(by: (model: string, project: string) => string, days = dates): string[] {
  return days.flatMap((date, day) => {
    const sums = new Map<string, number>();
    for (const [model, project, tokens] of amounts(day)) {
      sums.set(by(model, project), (sums.get(by(model, project)) ?? 0) + tokens);
    }
    return [...sums].map(([name, tokens]) => `${date}T00:00:00Z,${name},${tokens}`);
  });
}

describe('the same usage twice', () => {
  it('by model and by project', async () => {
    const byModel = await batchOf(
      'time,model,input_tokens',
      grouped((model) => model),
    );
    const byProject = await batchOf(
      'time,project,input_tokens',
      grouped((_, project) => project),
    );
    expect(found(byProject, byModel)).toEqual({
      index: 0,
      from: Date.UTC(2026, 9, 1),
      to: Date.UTC(2026, 9, 5),
      says:
        'other0.csv and this file state usage of 2026-10-01 to 2026-10-04, one by project, the other by SKU, and their ' +
        'quantities are equal on 4 of 4 days: together they count it twice.',
    });
    expect(
      found(byModel, await batchOf('time,model,input_tokens', ['2026-10-01T00:00:00Z,z,7']), byProject)?.index,
    ).toBe(1);
  });

  it('costs of all projects, and those of one of them by model', async () => {
    const all = await batchOf(
      'time,project,cost',
      grouped((_, project) => project),
    );
    const one = await batchOf(
      'time,project,model,cost',
      grouped((model, project) => `${project},${model}`).filter((row) => row.includes(',p,')),
    );
    expect(found(one, all)?.says).toContain('one by SKU and project, the other by project');
  });

  it('rounded, with a last day that one has in part', async () => {
    const exact = await batchOf(
      'time,model,cost',
      grouped((model) => model),
    );
    const rough = await batchOf('time,project,cost', [
      ...grouped((_, project) => project, dates.slice(0, 3)).map((row, i) => `${row}.0${i}`),
      '2026-10-04T00:00:00Z,p,17',
    ]);
    expect(found(rough, exact)?.says).toContain('agree within half a percent on 3 of 4 days');
  });

  it('by the day of another clock, and by the request', async () => {
    const days = dates.map((date, day) => `${date}T00:00:00+08:00,m,${day + 1}.125`);
    const requests = dates.flatMap((date, day) => [
      `${date}T01:00:00+08:00,m,${day}.125`,
      `${date}T23:00:00+08:00,m,1`,
    ]);
    const daily = await batchOf(
      'bucket_start,bucket_end,model,cost',
      days.map((row, i) => row.replace(',m', `,2026-10-0${i + 2}T00:00:00+08:00,m`)),
    );
    expect(found(await batchOf('time,model,cost', requests), daily)).toMatchObject({ from: Date.UTC(2026, 8, 30, 16) });
  });

  it('costs by line, and the tokens that would be priced', async () => {
    const costs = await batchOf('bucket_start,bucket_end,line_item,cost', [
      '2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,"gpt-4o-mini-2024-07-18, input",1',
      '2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,"gpt-4o-mini-2024-07-18, output",2',
    ]);
    const tokens = 'bucket_start,bucket_end,model,input_tokens';
    const usage = await batchOf(tokens, ['2026-10-01T10:00:00Z,2026-10-01T10:01:00Z,gpt-4o-mini-2024-07-18,5']);
    expect(found(usage, costs)?.says).toContain('one states their costs, the other their tokens');
    expect(found(costs, usage)).not.toBeNull();
    const otherModel = await batchOf(tokens, ['2026-10-01T10:00:00Z,2026-10-01T10:01:00Z,o3,5']);
    const otherDay = await batchOf(tokens, ['2026-10-03T10:00:00Z,2026-10-03T10:01:00Z,gpt-4o-mini-2024-07-18,5']);
    const requests = await batchOf('time,model,input_tokens', ['2026-10-01T10:00:00Z,gpt-4o-mini-2024-07-18,5']);
    expect([found(otherModel, costs), found(otherDay, costs), found(requests, costs)]).toEqual([null, null, null]);
  });

  it.skipIf(sample('openai_costs.json') === null)(
    'samples: the two exports of one account, and both of DeepSeek',
    async () => {
      const batch = async (name: string): Promise<UsageBatch> => (await read(sample(name) ?? '')).batch;
      const [costs, usage] = [
        await batch('openai_cost_export.csv'),
        await batch('completions_usage_2026-10-02_2026-10-03.csv'),
      ];
      expect(found(usage, costs)).not.toBeNull();
      expect(
        found(await batch('openrouter_activity_daily.csv'), await batch('openrouter_activity.csv')),
      ).not.toBeNull();
      expect(found(await batch('openai_costs_page2.json'), await batch('openai_costs_page1.json'))).toBeNull();
      expect(found(await batch('anthropic_cost_report.json'), await batch('openai_costs.json'))).toBeNull();
    },
  );
});

describe('not the same usage', () => {
  it.each([
    ['two projects of the same sums', 'time,project,cost', grouped(() => 'p'), grouped(() => 'q')],
    [
      'two months',
      'time,model,cost',
      grouped((model) => model),
      grouped((model) => model).map((row) => row.replace('-10-', '-11-')),
    ],
    [
      'other sums',
      'time,model,cost',
      grouped((model) => model),
      grouped((model) => `${model}${model}`).map((row) => `${row}9`),
    ],
    ['one round sum on one day', 'time,model,cost', ['2026-10-01T00:00:00Z,a,5'], ['2026-10-01T09:00:00Z,b,5']],
    ['logs of requests with ids', 'time,id,cost', grouped((model) => `1${model}`), grouped((model) => `2${model}`)],
  ])('%s', async (_, header, one, other) => {
    expect(found(await batchOf(header, one), await batchOf(header, other))).toBeNull();
  });
});
