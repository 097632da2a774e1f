/** A worker for tests of the page: an invented account behind the same contract as the real one. */
import type { AccountView, EngineApi, Opened, Page } from '../../shared/contract/engine.ts';
import type { JournalApi } from '../../shared/contract/journal.ts';
import type { PricesApi } from '../../shared/contract/prices.ts';
import type { ReportApi, RunExportApi } from '../../shared/contract/report.ts';
import type { RollForwardApi } from '../../shared/contract/rollForward.ts';
import type { ExplainApi } from '../../shared/contract/explain.ts';
import type { ReconcileApi } from '../../shared/contract/reconcile.ts';
import { client, serve, type Port } from '../../shared/contract/rpc.ts';
import type { SecondApi } from '../../shared/contract/second.ts';
import type { ScenarioApi } from '../../shared/contract/scenario.ts';
import type { TraceApi } from '../../shared/contract/trace.ts';
import type { WhatIfApi } from '../../shared/contract/whatIf.ts';
import type { EngineClient } from '../../renderer/ui/slice.ts';
import { UNIT, makeAccount, text, type Change, type FakeAccount } from './fakeAccount.ts';
import { fakeStaging } from './fakeStaging.ts';

function page<T>(rows: readonly T[], request: { offset: number; limit: number }): Page<T> {
  return {
    total: rows.length,
    offset: request.offset,
    rows: rows.slice(request.offset, request.offset + request.limit),
  };
}

function thin(
  changes: readonly Change[],
  request: { from: number; to: number; columns: number },
): { at: Float64Array; balance: Float64Array } {
  const at: number[] = [];
  const balance: number[] = [];
  let bucket = -1;
  let group: Change[] = [];
  const flush = (): void => {
    if (group.length <= 4) {
      for (const change of group) {
        at.push(change.at);
        balance.push(change.balance / UNIT);
      }
    } else {
      let low = 0;
      let high = 0;
      group.forEach((change, index) => {
        if (change.balance < group[low]!.balance) low = index;
        if (change.balance > group[high]!.balance) high = index;
      });
      for (const index of [...new Set([0, low, high, group.length - 1])].sort((a, b) => a - b)) {
        at.push(group[index]!.at);
        balance.push(group[index]!.balance / UNIT);
      }
    }
    group = [];
  };
  for (const change of changes) {
    if (change.at < request.from || change.at > request.to) continue;
    const column = Math.floor(((change.at - request.from) / (request.to - request.from)) * request.columns);
    if (column !== bucket) flush();
    bucket = column;
    group.push(change);
  }
  flush();
  return { at: Float64Array.from(at), balance: Float64Array.from(balance) };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The contract over a made account. Opening a text with `broken` in it gives problems. */
export function fakeEngine(account: FakeAccount = makeAccount()): EngineApi {
  const held: { current: AccountView } = { current: account.view };
  const opened = (view: AccountView): Opened => ({ ok: true, view });
  return {
    openScenario: async ({ name, text: scenario }) => {
      await wait(10);
      if (scenario.includes('broken')) {
        return {
          ok: false,
          problems: [
            {
              file: name,
              line: 12,
              column: 9,
              field: 'policy.cutoff.delay',
              message: 'not a duration: "5 minutes"; write it as PT5M',
            },
            {
              file: name,
              line: 31,
              column: 3,
              field: 'events[4].amount',
              message: 'an amount has at most 12 digits after the point',
            },
            {
              file: name,
              line: null,
              column: null,
              field: null,
              message: 'usage.csv is named but was not given; drop it together with the scenario',
            },
          ],
        };
      }
      held.current = account.view;
      return opened(held.current);
    },
    openWorkspace: async () => {
      await wait(10);
      return opened(held.current);
    },
    ...fakeStaging(held),
    ...noPrices(),
    ...noJournal(),
    ...noTrace(),
    ...noWhatIf(),
    ...noReports(),
    ...noSecond(),
    ...noReconciliation(),
    ...noScenario(),
    undoChange: async () => {
      await wait(1);
      return { ok: true, view: { ...held.current, undo: null, redo: 'Import of usage.csv' }, isDemo: false };
    },
    redoChange: async () => {
      await wait(1);
      return { ok: true, view: { ...held.current, undo: 'Import of usage.csv', redo: null }, isDemo: false };
    },
    series: async (request) => {
      await wait(4);
      return thin(account.changes, request);
    },
    annotations: async ({ from, to }) => {
      await wait(3);
      return {
        marks: account.marks.filter((mark) => mark.at >= from && mark.at <= to),
        spans: [
          {
            ...account.cutoff,
            reason: 'insufficient_quota',
            record: account.rows.find((row) => row.type === 'cutoff')?.index ?? null,
          },
        ],
        overruns: [{ from: account.overrun.from, to: account.overrun.to, lowest: text(account.overrun.lowest) }],
        months: account.months.filter((month) => month.to >= from && month.from <= to),
      };
    },
    statedPoints: () => Promise.resolve({ points: [], items: [], more: { points: 0, items: 0 } }),
    pointAt: async ({ at }) => {
      await wait(2);
      let low = 0;
      let high = account.changes.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (account.changes[middle]!.at <= at) low = middle + 1;
        else high = middle;
      }
      const found = account.changes[Math.max(0, low - 1)]!;
      return {
        at: found.at,
        balance: text(found.balance),
        y: found.balance / UNIT,
        what: found.what,
        source: 'usage-2026.ndjson:15197',
        record: found.record,
      };
    },
    timeline: (request) => Promise.resolve(page(account.rows, request)),
    usage: (request) => Promise.resolve(page(account.usage, request)),
    lots: (request) => Promise.resolve(page(account.lots, request)),
    invoices: (request) => Promise.resolve(page(account.invoices, request)),
    exportTable: ({ table }) => Promise.resolve(new TextEncoder().encode(`table\n${table}\n`)),
    find: () => Promise.resolve({ timeline: [], lots: [], invoices: [] }),
    archiveRun: () => Promise.resolve({ bytes: new Uint8Array(4), missing: [] }),
    setQueries: ({ queries }) => {
      held.current = { ...held.current, kept: { ...held.current.kept, queries } };
      return Promise.resolve(held.current);
    },
    filterRows: () => Promise.resolve(new Uint32Array()),
    rowsAt: () => Promise.resolve([]),
    copyBase: () => Promise.resolve(new TextEncoder().encode('base')),
    copyChanges: () => Promise.resolve(new TextEncoder().encode('changes')),
    openCopy: async () => {
      await wait(10);
      return opened(held.current);
    },
    saveWorkspace: () => Promise.resolve(new TextEncoder().encode('SQLite format 3\u0000')),
  };
}

/** The made account is priced by nothing: what asks for prices is told so. */
function noPrices(): PricesApi {
  const refuse = (): Promise<never> => Promise.reject(new Error('The made account has no prices.'));
  return {
    priceList: refuse,
    setPriceList: refuse,
    setPrices: refuse,
    resetPriceList: refuse,
    priceFiles: () => Promise.resolve([]),
    checkPrices: () => Promise.resolve(null),
    comparePrices: refuse,
  };
}

function noJournal(): JournalApi {
  const refuse = (): Promise<never> => Promise.reject(new Error('The made account has no journal.'));
  return {
    journal: refuse,
    journalUsage: refuse,
    trialBalance: refuse,
    exportJournal: refuse,
    query: refuse,
    schemaOutline: () => Promise.resolve([]),
    shippedQueries: () => Promise.resolve([]),
    exportRows: refuse,
    exportRowsXlsx: refuse,
    exportTableXlsx: refuse,
  };
}

function noScenario(): ScenarioApi {
  const refuse = (): Promise<never> => Promise.reject(new Error('The made account has no scenario.'));
  return {
    scenarioText: () => Promise.resolve(null),
    scenarioDocs: () => Promise.resolve([]),
    checkScenario: refuse,
    applyScenario: refuse,
    generatePreview: refuse,
  };
}

function noTrace(): TraceApi {
  const refuse = (): Promise<never> => Promise.reject(new Error('The made account has no derivations.'));
  return { trace: refuse, traceChildren: refuse, stepAt: () => Promise.resolve(null) };
}

function noWhatIf(): WhatIfApi {
  const refuse = (): Promise<never> => Promise.reject(new Error('The made account has no policy to change.'));
  return {
    policyControls: refuse,
    tryPolicy: refuse,
    pinVariant: refuse,
    setVariants: refuse,
    variants: refuse,
    variantSeries: refuse,
    variantAnnotations: refuse,
    compareSeries: refuse,
    saveVariant: refuse,
  };
}

function noSecond(): SecondApi {
  const refuse = (): Promise<never> => Promise.reject(new Error('The made account has no second run.'));
  return { openSecond: refuse, secondSeries: refuse, closeSecond: () => Promise.resolve() };
}

function noReports(): RollForwardApi & ReportApi & RunExportApi {
  const refuse = (): Promise<never> => Promise.reject(new Error('The made account has no reports.'));
  return {
    rollForward: refuse,
    exportFocus: refuse,
    exportRunJournal: refuse,
    reportDocument: refuse,
    reportPrinted: refuse,
    reportXlsx: refuse,
    reportCsv: refuse,
    reportJson: refuse,
    reportJournal: refuse,
  };
}

function noReconciliation(): Omit<ReconcileApi, 'rollForward'> & ExplainApi {
  const refuse = (): Promise<never> => Promise.reject(new Error('The made account has nothing to reconcile.'));
  return {
    reconPeriods: () => Promise.resolve([]),
    reconcile: refuse,
    reconciliation: refuse,
    reconGroups: refuse,
    reconGroupLine: refuse,
    reconGroup: refuse,
    reconOpen: refuse,
    reconOpenPlace: refuse,
    reconSuggestions: refuse,
    explain: refuse,
    reconAct: refuse,
    reconSettings: refuse,
    reconSources: refuse,
    reconSettingsEffect: refuse,
    reconRulePreview: refuse,
    reconRuleFrom: refuse,
    reconHistory: refuse,
  };
}

/** Two ports that talk to each other, as a page and its worker do. */
export function portPair(): [Port, Port] {
  const listeners: ((event: { data: unknown }) => void)[][] = [[], []];
  const port = (own: number, other: number): Port => ({
    postMessage: (message) => {
      queueMicrotask(() => {
        for (const listener of listeners[other] ?? []) listener({ data: message });
      });
    },
    addEventListener: (_type, listener) => {
      listeners[own]?.push(listener);
    },
  });
  return [port(0, 1), port(1, 0)];
}

/** The page's client of a fake engine. */
export function fakeClient(engine: EngineApi): EngineClient {
  const [page, worker] = portPair();
  serve(worker, { ...engine });
  return client<Pick<EngineApi, keyof EngineApi>>(page);
}
