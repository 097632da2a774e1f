/** Prices through the worker's door: the list in force, a user's own over it, and what it says of an account's costs. */
import { describe, expect, test } from 'vitest';
import type { EngineApi, Opened } from '../../shared/contract/engine.ts';
import type { PriceListView, PricesChanged } from '../../shared/contract/prices.ts';
import type { CallContext } from '../../shared/contract/rpc.ts';
import { readPriceList } from '../../shared/scenario/priceListFile.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { publishedPrices } from '../../shared/session/prices.ts';
import { loadSql, surroundings } from '../surroundings.ts';

const NO_CONTEXT: CallContext = { progress: () => undefined, throwIfCancelled: () => undefined };

function service(): EngineApi {
  return engineService(loadSql, { ...surroundings, today: () => Date.UTC(2026, 9, 1) });
}

async function drop(engine: EngineApi, name: string, text: string) {
  const files = [{ name, content: new TextEncoder().encode(text) }];
  const previews = await engine.stageFiles({ files, profiles: {} }, NO_CONTEXT);
  return engine.takeStaged({ ids: previews.map(({ id }) => id) }, NO_CONTEXT);
}

function taken(changed: PricesChanged): PricesChanged & { readonly ok: true } {
  if (!changed.ok) throw new Error(changed.problems.map(({ message }) => message).join('\n'));
  return changed;
}

function rowOf({ rows }: PriceListView, sku: string): PriceListView['rows'][number] | undefined {
  return rows.find((row) => row.sku === sku);
}

const LOG = `timestamp,id,model,input_tokens,output_tokens,cost
2026-09-01T10:00:00Z,a,gpt-5-mini,1000000,0,0.25
2026-09-01T11:00:00Z,b,gpt-5-mini,1000000,0,0.5
2026-09-02T10:00:00Z,c,house-model,10,0,0.1
2026-09-02T11:00:00Z,d,gpt-5-mini,2000000,0,0
`;
const UNPRICED = `timestamp,id,model,input_tokens
2026-09-03T10:00:00Z,e,house-model,3000000
`;
const OWN = `# agreed in June
price_list: 1
name: House prices
rates:
  house-model: [{from: 2026-01-01T00:00:00Z, per: 1000000, input_tokens: 2}]
`;
const PRICES = { 'house-model': '2', 'gpt-5-mini': '0.25' };

describe('the list in force', () => {
  test('is the published one at first, each model with its vendor and the entry of today', async () => {
    const list = await service().priceList({});
    expect(list).toMatchObject({ name: publishedPrices().name, own: null, currency: 'USD' });
    const [before, now] = rowOf(list, 'gpt-5.6-luna')?.entries ?? [];
    expect([before?.prices['output_tokens'], now?.prices['output_tokens']]).toEqual(['6', '1.2']);
    expect(rowOf(list, 'gpt-5.6-luna')).toMatchObject({ vendor: 'OpenAI', own: false, published: true, current: 1 });
    expect(list.rows.filter(({ vendor }) => vendor === null)).toEqual([]);
    expect(list.rules).toContainEqual(expect.objectContaining({ models: 'gpt-*', mark: 'batch', own: false }));
    expect(readPriceList(list.text, 'export.yaml')).toEqual({ ok: true, list: publishedPrices() });
  });

  test('is the user’s own over it once that is set, and the published one again without it', async () => {
    const engine = service();
    const { prices } = taken(await engine.setPriceList({ name: 'own.yaml', text: OWN }));
    expect(prices).toMatchObject({ name: 'House prices', own: OWN });
    expect(rowOf(prices, 'house-model')).toMatchObject({ own: true, published: false, vendor: null });
    expect(rowOf(prices, 'gpt-5-mini')).toMatchObject({ own: false, published: true });
    expect(taken(await engine.resetPriceList({})).prices).toEqual(await service().priceList({}));
  });

  test('refuses a text that is none, with its lines, and stays as it is', async () => {
    const engine = service();
    taken(await engine.setPriceList({ name: 'own.yaml', text: OWN }));
    const text = OWN.replace('input_tokens: 2', 'input_tokens: much');
    expect(await engine.setPriceList({ name: 'bad.yaml', text })).toMatchObject({
      ok: false,
      problems: [{ file: 'bad.yaml', line: 5, field: 'rates.house-model[0].input_tokens' }],
    });
    expect(await engine.priceList({})).toMatchObject({ own: OWN });
  });

  test('in another currency than the published one stands alone', async () => {
    const text = `currency: EUR\n${OWN}`;
    const { prices } = taken(await service().setPriceList({ name: 'own.yaml', text }));
    expect(prices.rows.map(({ sku }) => sku)).toEqual(['house-model']);
  });
});

describe('prices of one SKU', () => {
  const entry = (from: string, input: string) => ({ from, per: '1000000', prices: { input_tokens: input } });

  test('are written into the user’s own list, in whatever spelling, and taken out of it again', async () => {
    const engine = service();
    const entries = [entry('2026-01-01', '0.2'), entry('2026-09-01T12:00:00+02:00', '0.1')];
    const { prices } = taken(await engine.setPrices({ sku: 'gpt-5-mini', currency: 'USD', entries }));
    const row = rowOf(prices, 'gpt-5-mini');
    expect(row).toMatchObject({ own: true, published: true, current: 1 });
    expect(row?.entries.map(({ from, prices: { input_tokens } }) => [from, input_tokens])).toEqual([
      [Date.UTC(2026, 0, 1), '0.2'],
      [Date.UTC(2026, 8, 1, 10), '0.1'],
    ]);
    const back = taken(await engine.setPrices({ sku: 'OpenAI/GPT-5-mini', currency: 'USD', entries: null })).prices;
    expect(back).toEqual(await service().priceList({}));
  });

  test('may be none: then the SKU has no price', async () => {
    const engine = service();
    taken(await engine.setPrices({ sku: 'gpt-5-mini', currency: 'USD', entries: [] }));
    await drop(engine, 'log.csv', LOG);
    const check = await engine.checkPrices({});
    expect(check?.unpriced.skus.map(({ sku }) => sku)).toContain('gpt-5-mini');
  });

  test('in another currency than the own list are refused; without one they are a list of their own', async () => {
    const engine = service();
    const euros = { sku: 'house-model', currency: 'EUR', entries: [entry('2026-01-01', '1')] };
    const { prices } = taken(await engine.setPrices(euros));
    expect(prices).toMatchObject({ currency: 'EUR', rows: [{ sku: 'house-model' }] });
    const problem = { message: expect.stringContaining('the own list is in EUR') as string };
    expect(await engine.setPrices({ ...euros, currency: 'USD' })).toMatchObject({ ok: false, problems: [problem] });
  });

  test.each([
    ['a price', { ...entry('2026-01-01', '0,2') }, 'input_tokens'],
    ['a day', { ...entry('1.9.2026', '0.2') }, 'from'],
    ['units', { ...entry('2026-01-01', '0.2'), per: '0' }, 'per'],
  ])('are refused where %s cannot be read', async (_, draft, field) => {
    const answer = await service().setPrices({
      sku: 'gpt-5-mini',
      currency: 'USD',
      entries: [entry('2025-01-01', '1'), draft],
    });
    expect(answer).toMatchObject({ ok: false, problems: [{ field: `rates.gpt-5-mini[1].${field}` }] });
  });
});

describe('a check of an account', () => {
  test('lists what differs, and complimentary and unpriced rows apart', async () => {
    const engine = service();
    await drop(engine, 'log.csv', LOG);
    const check = await engine.checkPrices({});
    expect(check).toMatchObject({
      currency: 'USD',
      files: ['log.csv'],
      rows: 2,
      stated: '0.75',
      priced: '0.5',
      difference: '0.25',
      verdicts: { equal: 0, differs: 1 },
      complimentary: { rows: 1, priced: '0.5' },
      unpriced: { rows: 1, skus: [{ sku: 'house-model', rows: 1 }] },
      lines: [{ sku: 'gpt-5-mini', day: '2026-09-01', stated: '0.75', priced: '0.5', verdict: 'differs' }],
    });
    expect(check?.csv.split('\r\n')[1]).toMatch(/^gpt-5-mini,2026-09-01,0\.75,0\.5,0\.25,1\.5,2,2,differs,/);
  });

  test('is by the user’s own list once there is one', async () => {
    const engine = service();
    await drop(engine, 'log.csv', LOG);
    taken(await engine.setPriceList({ name: 'own.yaml', text: OWN }));
    const check = await engine.checkPrices({});
    expect(check).toMatchObject({ listName: 'House prices', rows: 3, unpriced: { rows: 0 } });
  });

  test('is null where no file states both', async () => {
    const engine = service();
    await drop(engine, 'log.csv', 'timestamp,id,model,cost\n2026-09-01T10:00:00Z,a,gpt-5-mini,0.25\n');
    expect(await engine.checkPrices({})).toBeNull();
    expect(await engine.priceFiles({})).toEqual([{ id: 0, file: 'log.csv', costs: true, quantities: false }]);
  });

  test('compares the usage of one file with the costs of another', async () => {
    const engine = service();
    await drop(engine, 'usage.csv', 'timestamp,id,model,input_tokens\n2026-09-01T00:30:00Z,u,gpt-5-mini,4000000\n');
    await drop(engine, 'costs.csv', 'timestamp,id,model,cost\n2026-09-01T00:00:00Z,k,gpt-5-mini,1.5\n');
    expect(await engine.comparePrices({ usage: 0, costs: 1 })).toMatchObject({
      files: ['usage.csv', 'costs.csv'],
      days: { from: '2026-09-01', to: '2026-09-01' },
      ...{ rows: 1, stated: '1.5', priced: '1', difference: '0.5' },
      disagreements: { rows: 1, difference: '0.5' },
    });
    const gone = async (): Promise<unknown> => engine.comparePrices({ usage: 0, costs: 7 });
    await expect(gone()).rejects.toThrow(/no longer in the account/);
  });
});

describe('usage that states no cost', () => {
  test.each(Object.entries(PRICES))(
    'is priced by the list in force when it makes an account: %s',
    async (sku, price) => {
      const engine = service();
      taken(await engine.setPriceList({ name: 'own.yaml', text: OWN }));
      const opened = await drop(engine, 'u.csv', UNPRICED.replace('house-model', sku).replace('3000000', '1000000'));
      expect(opened).toMatchObject({ ok: true, view: { figures: { accepted: { cost: price } } } });
      expect(await engine.priceList({})).toMatchObject({ name: 'House prices' });
    },
  );

  test('and whose SKU the scenario does not know costs what the list says, and nothing where it says nothing', async () => {
    const engine = service();
    await drop(engine, 'log.csv', LOG);
    const costs = async (opened: Promise<Opened | PricesChanged>) => {
      const answer = await opened;
      if (!answer.ok || answer.view === null) throw new Error('it was refused');
      return [answer.view.figures.accepted.cost, answer.view.unpriced?.skus ?? []];
    };
    expect(await costs(drop(engine, 'more.csv', UNPRICED))).toEqual(['0.85', ['house-model']]);
    expect(await costs(engine.setPriceList({ name: 'own.yaml', text: OWN }))).toEqual(['6.85', []]);
    const dearer = OWN.replace('tokens: 2', 'tokens: 3');
    expect(await costs(engine.setPriceList({ name: 'own.yaml', text: dearer }))).toEqual(['9.85', []]);
    expect(await costs(engine.resetPriceList({}))).toEqual(['0.85', ['house-model']]);
  });

  test('of a scenario is priced by the scenario alone', async () => {
    const engine = service();
    const text = `drawdown: 1\nusage: [{file: u.csv}]\nevents: [{at: 2026-01-01T00:00:00Z, type: purchase, amount: 10}]\n`;
    const csv = UNPRICED.replace('house-model', 'gpt-5-mini');
    const files = [{ name: 'u.csv', content: new TextEncoder().encode(csv) }];
    expect(await engine.openScenario({ name: 's.yaml', text, files }, NO_CONTEXT)).toMatchObject({ ok: false });
  });
});

test('a workspace keeps the user’s own list as it was written', async () => {
  const engine = service();
  await drop(engine, 'log.csv', LOG);
  taken(await engine.setPriceList({ name: 'own.yaml', text: OWN }));
  const saved: unknown = await engine.saveWorkspace({}, NO_CONTEXT);
  const bytes = saved instanceof Uint8Array ? saved : (saved as { value: Uint8Array }).value;
  const again = service();
  await again.openWorkspace({ name: 'w.drawdown', bytes }, NO_CONTEXT);
  expect(await again.priceList({})).toEqual(await engine.priceList({}));
  expect(await again.checkPrices({})).toEqual(await engine.checkPrices({}));
});
