/** Settings of matching by source: an account's own decide about its lines, a sealed month keeps those of its seal. */
import { beforeEach, expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { Reconciliation } from '../../../shared/contract/reconcile.ts';
import type { SourceSettings } from '../../../shared/contract/reconSettings.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { verified } from '../../../shared/session/reconcile/verify.ts';
import { openSaved } from '../../../shared/session/workspaceFile.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { OCTOBER, csv, done, opened, refusal, reopened, saved, take } from './story.ts';

const SCENARIO = `drawdown: 1
title: Two accounts
account: {opened: 2026-10-01T00:00:00Z}
policy: {purchase: {tax_rate: 0}}
events:
  - {at: 2026-10-05T10:00:00Z, type: purchase, amount: 100, id: a}
  - {at: 2026-10-12T10:00:00Z, type: purchase, amount: 250, id: b}
until: 2026-12-01T00:00:00Z
`;

const DOCUMENTS = csv(
  'invoices.csv',
  'id,Number,Currency,Amount Due,Amount Paid,Subtotal,Tax,Total,Status,Date (UTC),Paid At (UTC)',
  'in_1,HLCN-0001,usd,100.00,100.00,100.00,,100.00,paid,2026-10-05 10:00,2026-10-05 10:00',
  'in_2,HLCN-0002,usd,250.00,250.00,250.00,,250.00,paid,2026-10-12 10:00,2026-10-12 10:00',
);

/** A card whose line comes after eight days, and an account that charges one percent for itself. */
const CARD = csv('card.csv', 'Card account,4111', 'Date,Description,Amount', '2026-10-13,HALCYON MODELS,-100.00');
const GIRO = csv(
  'giro.csv',
  'Buchungstag;Buchungstext;Betrag;Währung',
  '13.10.2026;HALCYON MODELS;-252,50;USD',
  '30.10.2026;MIETE;-900,00;USD',
);

let engine: EngineApi;

beforeEach(async () => {
  engine = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'two accounts.yaml', text: SCENARIO, files: [] }, context));
  await take(engine, DOCUMENTS);
  await take(engine, CARD);
  await take(engine, GIRO);
  await done(engine, { kind: 'settings', settings: { aliases: ['HALCYON'] } });
});

const month = (from: EngineApi = engine): Promise<Reconciliation> => from.reconciliation({ period: OCTOBER }, context);

/** A source's own settings, by a part of its name. */
async function own(name: string, set: SourceSettings['set']): Promise<SourceSettings> {
  const found = (await engine.reconSources({}, context)).find((source) => source.name.includes(name));
  if (found === undefined) throw new Error(`no source is called ${name}`);
  return { source: found.source, name: found.name, set };
}

const states = (shown: Reconciliation): string[] =>
  shown.groups.filter(({ section }) => section !== 'ignored').map(({ section, state }) => `${section}: ${state}`);

test('accounts and issuers are told by what their files say', async () => {
  expect((await engine.reconSources({}, context)).map(({ side, name, items }) => [side, name, items])).toEqual([
    ['bank', 'lines as in card.csv', 1],
    ['bank', 'lines as in giro.csv', 2],
    ['document', 'documents without an issuer', 2],
  ]);
});

test('each account has its own window and fee; before it is saved its effect is told, and nothing is changed by that', async () => {
  const before = await month();
  expect(states(before)).toEqual(['to_decide: Other date', 'to_decide: Not on the bank', 'to_decide: No document']);
  const sources = [await own('card', { after: 8 }), await own('giro', { feeBps: 100 })];
  const effect = await engine.reconSettingsEffect({ period: OCTOBER, settings: { sources } }, context);
  expect(effect).toMatchObject({ toDecide: { now: 3, then: 1 }, matched: { now: 0, then: 1 }, changed: 2 });
  expect(effect.examples).toEqual([
    { text: 'HALCYON MODELS', date: '2026-10-13', amount: '100', now: 'Other date', then: 'Same amount' },
    {
      text: 'HALCYON MODELS',
      date: '2026-10-13',
      amount: '252.5',
      now: 'Not on the bank, No document',
      then: 'Suggested',
    },
  ]);
  expect(await month()).toEqual(before);
  const after = await done(engine, { kind: 'settings', settings: { sources } });
  expect(states(after)).toEqual(['to_decide: Suggested', 'matched: Same amount']);
  expect(after.undo).toBe('Settings: of lines as in card.csv: days after 8; of lines as in giro.csv: card fee 1 %');
  expect(states(await done(engine, { kind: 'take_back' }))).toEqual(states(before));
});

test('what is set for the account holds where a source has nothing of its own', async () => {
  const sources = [await own('card', { tolerance: '1' })];
  const shown = await done(engine, { kind: 'settings', settings: { sources, after: 8 } });
  expect(states(shown)).toEqual(['to_decide: Not on the bank', 'to_decide: No document', 'matched: Same amount']);
});

test('settings that are none are refused by the name of their source', async () => {
  const sources = [await own('card', { after: -1 })];
  expect(await refusal(engine, { kind: 'settings', settings: { sources } })).toBe(
    'lines as in card.csv: after -1 is no whole number from 0 to 366',
  );
  await expect(engine.reconSettingsEffect({ period: OCTOBER, settings: { sources } }, context)).rejects.toThrow(
    'after -1 is no whole number',
  );
});

test('a sealed month keeps what its seal was made with; another month goes by what is set now; verify replays it', async () => {
  await done(engine, { kind: 'settings', settings: { sources: [await own('card', { after: 8 })] } });
  const groups = (await month()).groups.filter(({ section }) => section === 'to_decide').map(({ id }) => id);
  await done(engine, { kind: 'accept', groups, reason: 'agreed' });
  for (const kind of ['prepare', 'review', 'seal'] as const) await done(engine, { kind });
  const sealed = await month();
  await done(engine, { kind: 'settings', settings: { sources: [] } }, '2026-11');
  expect((await month()).groups).toEqual(sealed.groups);
  expect((await engine.reconSettings({ period: OCTOBER }, context)).sources).toMatchObject([{ set: { after: 8 } }]);
  expect((await engine.reconSettings({ period: null }, context)).sources).toEqual([]);
  const again = await reopened(engine);
  expect((await month(again)).groups).toEqual(sealed.groups);
  const SQL = await loadSql();
  const bytes = await saved(engine);
  const work = openSaved(SQL, bytes, surroundings);
  if (!work.ok) throw new Error('it does not open');
  expect(await verified(SQL, work, bytes, surroundings, context)).toMatchObject({ seals: 1, faults: [] });
});
