/** A month with everything that finance meets, from the files to the bridge: each difference has its name. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { Reconciliation } from '../../../shared/contract/reconcile.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import {
  CAMT,
  CARD_OCTOBER,
  INVOICES,
  MT940,
  SCENARIO,
  STATEMENTS,
  USAGE,
  type TextFile,
} from '../../reconcile/september.ts';
import { CHECKERS } from '../../report/checkers.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { done, groupOf, opened, take } from './story.ts';

const SEPTEMBER = '2026-09';
let engine: EngineApi;

const named = ({ name, text }: TextFile) => ({ name, content: new TextEncoder().encode(text) });
const month = (period = SEPTEMBER): Promise<Reconciliation> => engine.reconciliation({ period }, context);

async function account(): Promise<EngineApi> {
  const made: EngineApi = engineService(loadSql, surroundings);
  await opened(made.openScenario({ name: SCENARIO.name, text: SCENARIO.text, files: [] }, context));
  await take(made, named(USAGE));
  return made;
}

function steps({ bridge }: Reconciliation, after: number): (readonly [string, string, number])[] {
  return bridge.steps.flatMap(({ after: of, label, amount, items }) =>
    of === after ? [[label, amount, items] as const] : [],
  );
}

beforeEach(async () => {
  engine = await account();
  await take(engine, ...STATEMENTS.map(named));
});

describe('September', () => {
  test('both bridges tie, every step has a name, three groups are left to decide', async () => {
    const shown = await month();
    expect(shown.bridge.pillars.map(({ side, total }) => [side, total])).toEqual([
      ['simulated', '2500'],
      ['document', '2721.9'],
      ['bank', '2656.67'],
    ]);
    expect(steps(shown, 0)).toEqual([
      ['Tax', '221.9', 9],
      ['Unexplained', '0', 0],
    ]);
    expect(steps(shown, 1)).toEqual([
      ['Fee', '9.53', 2],
      ['Rounding', '0.01', 1],
      ['In transit', '-272.19', 1],
      ['Reversed', '-272.19', 1],
      ['Doubled', '272.19', 1],
      ['No document', '197.42', 2],
      ['Unexplained', '0', 0],
    ]);
    expect(
      shown.groups
        .filter(({ section }) => section === 'to_decide')
        .map(({ state, cells }) => [state, cells.bank[0]?.amount]),
    ).toEqual([
      ['No document', '160'],
      ['Suggested', '272.2'],
      ['No document', '37.42'],
    ]);
    expect(shown).toMatchObject({ verdict: 'breaks', lacks: [], vendor: 'Halcyon Models, Inc.' });
  });

  test('one invoice in two files is one document; the euro accounts pay dollars, in words alone too; their fees are worth dollars', async () => {
    const shown = await month();
    const manual = groupOf(shown, 'HLCN2K7Q0038');
    expect(manual.cells.document[0]?.sources).toHaveLength(2);
    expect(groupOf(shown, 'HLCN2K7Q0037')).toMatchObject({
      section: 'matched',
      cells: { bank: [{ amount: '253.16', currency: 'EUR', original: { amount: '272.19', currency: 'USD' } }] },
    });
    const fees = shown.groups.filter(({ state }) => state === 'Fee');
    expect(fees.map(({ section, cells: { bank } }) => [section, bank[0]?.amount, bank[0]?.converted?.amount])).toEqual([
      ['matched', '4.42', '4.76'],
      ['matched', '4.43', '4.77'],
    ]);
  });

  test('a charge that was taken twice and given back is one group, and both its steps are shown', async () => {
    const shown = await month();
    expect(shown.groups.find(({ state }) => state === 'Reversed')).toMatchObject({
      ...{ section: 'matched', difference: '0' },
      cells: { bank: [{ amount: '272.19' }, { amount: '-272.19' }] },
      links: [{ rule: 'reversal', status: 'confirmed' }],
    });
  });

  test.each(CHECKERS.map((checker) => [checker.program, checker] as const))(
    'its entries are taken by %s, where it is installed; fees and what was given back are settled',
    async (program, { absent, complaints }) => {
      const form = program === 'hledger' ? 'hledger' : 'beancount';
      const text = await engine.reportJournal({ period: SEPTEMBER, form }, context);
      const entry = (of: string): string => text.split('\n\n').find((one) => one.includes(of)) ?? '';
      expect(entry('Entgelt zu HLCN2K7Q-0036')).toMatch(/^2026-09-22 \*[^]*Expenses:Fees +4\.76 USD/);
      expect(entry('Reversed')).toMatch(/^2026-09-14 \*/);
      expect(entry('TEAM SEATS')).toMatch(/^2026-09-07 ![^]*Suspense/);
      if (!absent) expect(complaints(text)).toBe('');
    },
  );

  test('the chart’s lane has the bank lines that count here, by aliases and by what people decide', async () => {
    const lane = async (): Promise<string[]> => {
      const { items } = await engine.statedPoints({ from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 9, 1) }, context);
      return items.filter(({ side }) => side === 'bank').map(({ what }) => what);
    };
    const before = await lane();
    expect(before).toHaveLength(14);
    expect(before).toContain('HALCYON* TEAM SEATS');
    expect(before.filter((what) => /CAFE|Papierhaus/.test(what))).toEqual([]);
    const seats = groupOf(await month(), 'TEAM SEATS').cells.bank.map(({ id }) => id);
    await done(engine, { kind: 'ignore', items: seats, reason: 'Other product' }, SEPTEMBER);
    expect(await lane()).toHaveLength(13);
  });

  test('a run leaves as FOCUS under the name that the vendor’s documents have', async () => {
    expect(await engine.exportFocus({}, context)).toContain('"Halcyon Models, Inc."');
  });

  test('what stands alone is explained as that: what else has its amount, and what would settle it', async () => {
    const shown = await month();
    const said = async (part: string): Promise<string[]> => {
      const target = { kind: 'group', period: SEPTEMBER, group: groupOf(shown, part).id } as const;
      const { explanations } = await engine.explain({ target }, context);
      return explanations.filter(({ family }) => family === 'arithmetic').map(({ sentence }) => sentence);
    };
    expect(await said('API USAGE')).toEqual([expect.stringMatching(/^No document of any month has this amount\./)]);
    expect(await said('HLCN2K7Q0035')).toContainEqual(
      expect.stringMatching(/^The bank took 0\.01 more than the document asks for\. Banks and cards round/),
    );
    await expect(said('CAFE AM MARKT')).rejects.toThrow('it is ignored (Other vendor) and counts in no total');
  });

  test('decided, it is reconciled but for what is in transit, which October finds', async () => {
    const before = await month();
    const item = (amount: string): string =>
      before.groups.flatMap(({ cells }) => cells.bank).find((one) => one.amount === amount)?.id ?? '';
    const cent = before.groups.find(({ state }) => state === 'Suggested')?.id ?? '';
    await done(engine, { kind: 'ignore', items: [item('160')], reason: 'Other product' }, SEPTEMBER);
    await done(engine, { kind: 'accept', groups: [cent] }, SEPTEMBER);
    const refused = await engine.reconAct({ period: SEPTEMBER, actor: 'A', act: { kind: 'prepare' } }, context);
    expect(refused).toMatchObject({ ok: false, message: '1 group is to be decided first' });
    await done(
      engine,
      {
        kind: 'document',
        document: {
          ...{ kind: 'invoice', number: 'HLCN2K7Q-0029', date: '2026-09-20', amount: '37.42', tax: null },
          text: 'API usage August 2026',
        },
      },
      SEPTEMBER,
    );
    const after = await month();
    // the account itself was never charged for it: that is a decision of its own
    expect(steps(after, 0)).toContainEqual(['Not simulated', '37.42', 1]);
    expect(steps(after, 1).filter(([label]) => label === 'No document')).toEqual([]);
    expect(after.verdict).toBe('breaks');
    const usage = after.groups.find(({ state }) => state === 'Not simulated')?.id ?? '';
    expect((await done(engine, { kind: 'accept', groups: [usage] }, SEPTEMBER)).verdict).toBe('reconciled_with_timing');

    await take(engine, named(CARD_OCTOBER));
    const october = await month('2026-10');
    expect(october.groups.filter(({ section }) => section === 'to_decide')).toEqual([]);
    expect(groupOf(october, 'HLCN2K7Q0039').cells.bank.map(({ date }) => date)).toEqual(['2026-10-02']);
    expect(october.bridge.steps.find(({ label }) => label === 'Prior period')?.amount).toBe('272.19');
    expect(groupOf(await month(), 'HLCN2K7Q0039')).toMatchObject({
      break: { life: 'resolved' },
      missing: { bank: 'not in September 2026, booked 2 Oct' },
    });
  });
});

test('where no line tells a rate, euros are worth what people set; until then there is no conclusion', async () => {
  engine = await account();
  const silent = MT940.text.replace(' USD 272,19 KURS 0,9301', '').replaceAll('HLCN2K7Q-0037', 'NONREF');
  await take(engine, named(INVOICES), named({ name: MT940.name, text: silent }));
  const before = await month();
  expect(before).toMatchObject({ verdict: 'incomplete', lacks: ['2 items are in EUR without an amount in USD'] });
  await done(engine, { kind: 'settings', settings: { rates: [{ currency: 'EUR', rate: '1.08' }] } }, SEPTEMBER);
  const after = await month();
  expect(after.lacks).toEqual([]);
  // 253.16 at 1.08 is 273.41, and the invoice 272.19
  expect(groupOf(after, '2026-09-25')).toMatchObject({
    ...{ section: 'to_decide', state: 'Suggested' },
    links: [{ category: 'tax' }, { rule: 'fx', category: 'fx', difference: '1.22' }],
  });
  expect(after.bridge.steps.filter(({ category }) => category === 'unexplained').map(({ amount }) => amount)).toEqual([
    '0',
    '0',
  ]);
});

test('a fee inside of a line is a step, not a difference', async () => {
  engine = await account();
  const charged = CAMT.text
    .replace('<Ntry>\n        <Amt Ccy="EUR">252.54', '<Ntry>\n        <Amt Ccy="EUR">254.15')
    .replace(
      '</CcyXchg></TxAmt></AmtDtls>',
      '</CcyXchg></TxAmt></AmtDtls><Chrgs><Rcrd><Amt Ccy="EUR">1.61</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>',
    )
    .replace('8627.79', '8626.18');
  await take(engine, named(INVOICES), named({ name: CAMT.name, text: charged }));
  const shown = await month();
  expect(groupOf(shown, 'HLCN2K7Q0036').links).toMatchObject([
    { category: 'tax', difference: '22.19' },
    { category: 'fee', difference: '1.74', status: 'confirmed' },
  ]);
  expect(shown.bridge.steps.find(({ label }) => label === 'Fee')?.items).toBe(2);
});
