/** Whatever people do one after another, a session that goes on from what it knew shows what one made anew shows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { NamedFile } from '../../../shared/contract/importing.ts';
import type { ReconAct, Reconciliation } from '../../../shared/contract/reconcile.ts';
import type { StoredLog } from '../../../shared/domain/reconLog.ts';
import { EMPTY_LOG } from '../../../shared/domain/reconLog.ts';
import type { Account } from '../../../shared/session/account.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { reconcileService } from '../../../shared/session/reconcileService.ts';
import { openSaved } from '../../../shared/session/workspaceFile.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { csv, opened, saved, take } from './story.ts';

const MONTHS = ['2026-10', '2026-11'];

/** Few amounts, so that many are alike, groups add up and fees fit: 1.75 % of 100 and of 200. */
const amount = fc.constantFrom('25.00', '25.00', '50.00', '75.00', '100.00', '100.00', '101.75', '200.00', '25.01');
const date = fc
  .record({ month: fc.constantFrom(...MONTHS), day: fc.constantFrom(1, 2, 3, 9, 10, 11, 12, 27, 28, 29, 30) })
  .map(({ month, day }) => `${month}-${String(day).padStart(2, '0')}`);

const purchases = fc.array(fc.record({ date, amount }), { minLength: 1, maxLength: 8 });
const documents = fc.array(
  fc.record({
    ...{ date, amount },
    number: fc.constantFrom('HLCN-0001', 'HLCN-0002', 'HLCN-0003', 'HLCN-0004', 'p1', 'p2', null),
    tax: fc.constantFrom('', '', '5.00'),
    status: fc.constantFrom('paid', 'paid', 'paid', 'void'),
  }),
  { minLength: 1, maxLength: 10 },
);
const lines = fc.array(
  fc.record({
    ...{ date, amount },
    text: fc.constantFrom(
      ...['OPENAI *API', 'OPENAI *API', 'OPENAI *API HLCN-0001', 'OPENAI *API HLCN-0003', 'BAKERY'],
      ...['FOREIGN TRANSACTION FEE', 'OPENAI *API USD 50.00', 'given back'],
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

interface Case {
  readonly purchases: readonly { readonly date: string; readonly amount: string }[];
  readonly documents: readonly {
    readonly date: string;
    readonly amount: string;
    readonly number: string | null;
    readonly tax: string;
    readonly status: string;
  }[];
  readonly lines: readonly { readonly date: string; readonly amount: string; readonly text: string }[];
}

function filesOf({ documents: stated, lines: booked }: Case): NamedFile[] {
  const header = 'id,Amount Due,Currency,Date (UTC),Number,Paid,Subtotal,Tax,Total,Amount Paid,Status,Description';
  return [
    csv(
      'invoices.csv',
      header,
      ...stated.map((one, index) =>
        [
          ...[`in_${index}`, one.amount, 'usd', `${one.date} 09:14`, one.number ?? `N-${index}`, 'true', one.amount],
          ...[one.tax, one.amount, one.amount, one.status, 'API credits'],
        ].join(','),
      ),
    ),
    csv(
      'bank.csv',
      'Date,Description,Amount,Currency',
      ...booked.map(({ date: on, text, amount: paid }) => {
        const isForeign = text.includes('USD');
        const sign = text === 'given back' ? '' : '-';
        const cents = text.startsWith('FOREIGN') ? '1.75' : isForeign ? '46.20' : paid;
        return `${on},${text === 'given back' ? 'OPENAI *API' : text},${sign}${cents},${isForeign ? 'EUR' : 'USD'}`;
      }),
    ),
  ];
}

async function accountOf(one: Case): Promise<Account> {
  const engine: EngineApi = engineService(loadSql, surroundings);
  const known = [...one.purchases, { date: '2026-11-04', amount: '10.00' }];
  const events = known
    .map(
      ({ date: on, amount: paid }, index) =>
        `  - {at: ${on}T09:14:00Z, type: purchase, amount: ${paid}, id: p${index}}`,
    )
    .sort();
  const text = `drawdown: 1\naccount: {opened: 2026-10-01T00:00:00Z}\nevents:\n${events.join('\n')}\n`;
  await opened(engine.openScenario({ name: 'case.yaml', text, files: [] }, context));
  await take(engine, ...filesOf(one));
  const outcome = openSaved(await loadSql(), await saved(engine), surroundings);
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
  return outcome.account;
}

const KINDS = [
  ...(['match', 'match', 'unmatch', 'unmatch', 'accept', 'accept', 'ignore', 'heed', 'split', 'note'] as const),
  ...(['own', 'settings', 'document', 'take_back', 'take_back', 'take_up', 'prepare'] as const),
] as const;

const act = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(30),
  other: fc.nat(30),
  month: fc.constantFrom(...MONTHS),
});

const SETTINGS = [
  { after: 0 },
  { tolerance: '0' },
  { feeBps: 175 },
  { groups: false },
  { after: 3, feeBps: null },
] as const;

/** What of the kind can be done where the month stands so. */
function actFor(
  { kind, at, other }: { readonly kind: (typeof KINDS)[number]; readonly at: number; readonly other: number },
  { groups }: Reconciliation,
): ReconAct {
  const some = (index: number) => groups[index % Math.max(1, groups.length)];
  const itemsOf = (index: number): string[] =>
    Object.values(some(index)?.cells ?? {}).flatMap((items) => items.map(({ id }) => id));
  const [first = ''] = itemsOf(at);
  switch (kind) {
    case 'match':
      return { kind, items: [...itemsOf(at), ...itemsOf(other)] };
    case 'unmatch':
      return { kind, group: (groups.filter(({ links }) => links.length > 0)[at % 5] ?? some(at))?.id ?? '' };
    case 'accept':
      return { kind, groups: [...new Set([some(at)?.id ?? '', some(other)?.id ?? ''])] };
    case 'ignore':
      return { kind, items: [first], reason: 'Paid elsewhere' };
    case 'heed':
      return { kind, items: [first] };
    case 'split':
      return { kind, item: first, parts: ['25', '75'] };
    case 'note':
      return { kind, subject: some(at)?.id ?? '', text: 'Seen' };
    case 'own':
      return { kind, break: groups.flatMap(({ break: found }) => found?.id ?? [])[at % 3] ?? '', owner: 'B. Example' };
    case 'settings':
      return { kind, settings: SETTINGS[at % SETTINGS.length] ?? {} };
    case 'document': {
      const document = { kind: 'receipt' as const, number: `HLCN-000${at % 6}`, text: 'Entered' };
      return { kind, document: { ...document, date: '2026-10-29', amount: '50.00', tax: null } };
    }
    case 'take_back':
    case 'take_up':
    case 'prepare':
      return { kind };
  }
}

function session(account: Account, log: StoredLog) {
  const holder = {
    log,
    keepLog: (now: StoredLog) => {
      holder.log = now;
    },
  };
  return { holder, service: reconcileService(() => account, holder, surroundings) };
}

async function shown({ service }: ReturnType<typeof session>): Promise<string> {
  // what later months close is known once they are worked out
  const all: unknown[] = [await service.reconPeriods({}, context)];
  for (const period of MONTHS) {
    all.push(await service.reconciliation({ period }, context));
    const page = { period, search: '', offset: 0, limit: 100 };
    for (const pane of ['bank', 'other'] as const) all.push(await service.reconOpen({ ...page, pane }, context));
    all.push(await service.reconGroups({ ...page, filter: { step: null, search: '' } }, context));
  }
  return JSON.stringify(all);
}

test('after any acts the months are byte for byte what they are when all is made anew', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ purchases, documents, lines }),
      fc.array(act, { minLength: 3, maxLength: 9 }),
      async (one, acts) => {
        const account = await accountOf(one);
        const live = session(account, EMPTY_LOG);
        for (const asked of acts) {
          const { month } = asked;
          const now = await live.service.reconciliation({ period: month }, context);
          await live.service.reconAct({ period: month, actor: 'A. Example', act: actFor(asked, now) }, context);
          // another account object: nothing is known of it
          const anew = session({ ...account }, live.holder.log);
          expect(await shown(live)).toBe(await shown(anew));
        }
      },
    ),
    { numRuns: 20 },
  );
});
