/** What an account says of usage whose instant its export does not state: a range where it matters, nothing where not. */
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/domain/time.ts';
import { noRows, type Placement, type UsageBatch } from '../../shared/domain/usage.ts';
import { decimalColumn } from '../../shared/engine/eventBatch.ts';
import { replayAccount, type Account } from '../../shared/session/account.ts';
import { annotationsOf } from '../../shared/session/annotations.ts';
import { pointAt } from '../../shared/session/pointAt.ts';
import { seriesOf } from '../../shared/session/series.ts';
import { atOnce } from '../../shared/session/inPieces.ts';
import { tableCsv, timelinePage, usagePage } from '../../shared/session/tables.ts';
import { viewOf } from '../../shared/session/view.ts';
import type { StoredSource } from '../../shared/storage/source.ts';
import { surroundings } from '../surroundings.ts';

const UNIT = 1_000_000_000_000n;
const OPENED = Date.UTC(2026, 9, 1);

interface Row {
  readonly at: number;
  readonly width: number;
  readonly cost: bigint;
}

function sourceOf(rows: readonly Row[], placement: Placement | null): StoredSource {
  const batch: UsageBatch = {
    ...noRows('daily.csv'),
    count: rows.length,
    at: Float64Array.from(rows, ({ at }) => at),
    until: rows.every(({ width }) => width === 0)
      ? null
      : Float64Array.from(rows, ({ at, width }) => (width === 0 ? 0 : at + width)),
    sku: { codes: new Uint32Array(rows.length), names: ['m'] },
    cost: decimalColumn(rows.map(({ cost }) => cost)),
    line: Uint32Array.from(rows, (_, row) => row + 2),
  };
  return {
    report: {
      file: 'daily.csv',
      kind: 'usage',
      sha256: '',
      size: 0,
      format: 'csv',
      why: '',
      encoding: null,
      rows: {
        read: rows.length,
        stored: rows.length,
        duplicate: 0,
        rejected: 0,
        adjustments: 0,
        complimentary: 0,
        rounded: 0,
        superseded: 0,
      },
      from: null,
      to: null,
      totals: {},
      repeated: {},
      tie: null,
      repeatedFile: false,
      problems: [],
      problemCount: 0,
    },
    textSha256: 'a',
    choices: {},
    fingerprint: null,
    importedAt: null,
    ofScenario: false,
    batch,
    adjustments: [],
    placement,
    grownIds: [],
    restated: [],
    statement: null,
    text: null,
  };
}

const HEADER = 'drawdown: 1\ntitle: daily\naccount: {opened: 2026-10-01T00:00:00Z}\n';
const CUT_OFF = `${HEADER}policy: {cutoff: {delay: PT1H}}
events:
  - {at: 2026-10-01T00:00:00Z, type: purchase, amount: 14, id: first}
  - {at: 2026-10-05T00:00:00Z, type: purchase, amount: 20, id: second}
until: 2026-10-06T00:00:00Z
`;
const RECHARGED = `${HEADER}policy: {auto_recharge: {enabled: true, threshold: 5, amount: 20}}
events:
  - {at: 2026-10-01T00:00:00Z, type: purchase, amount: 20, id: first}
`;

function accountOf(text: string, rows: readonly Row[], placement: Placement | null = null): Account {
  const outcome = replayAccount({ name: 's.yaml', text }, [sourceOf(rows, placement)], surroundings);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.account;
}

const DAY: Row = { at: OPENED + DAY_MS, width: DAY_MS, cost: 24n * UNIT };

describe('figures', () => {
  test('that depend on the placement have the range of the runs; the placement itself is named', () => {
    const view = viewOf(accountOf(CUT_OFF, [DAY]));
    expect(view.placement).toEqual({
      rows: 1,
      longestMs: DAY_MS,
      placements: ['spread'],
      bounds: {
        balance: ['10', '20'],
        overrun: ['0', '10'],
        rejected: ['0', '10'],
        recharges: [0, 0],
        cutoffs: [1, 1],
        access: ['open'],
        // spread, 14 of 24 are used in 14 hours, and the next comes with the cut-off
        firstBelowZero: [DAY.at, null],
      },
    });
    expect(view.figures.overrun).toBe('0');
    expect(view.counts.usage).toBe(24);
    expect(view.figures.accepted).toEqual({ count: 1, cost: '14' });
  });

  test('that do not depend on it are one figure', () => {
    const { bounds } = viewOf(accountOf(CUT_OFF, [{ ...DAY, cost: 2n * UNIT }])).placement!;
    expect(bounds).toMatchObject({ balance: ['32', '32'], overrun: ['0', '0'], cutoffs: [0, 0] });
    expect(bounds!.firstBelowZero).toEqual([null, null]);
  });

  test.each([
    ['instants', 0],
    ['a minute', MINUTE_MS],
  ])('rows of %s are certain', (_what, width) => {
    const account = accountOf(CUT_OFF, [{ ...DAY, width }]);
    expect(viewOf(account).placement).toBeNull();
    expect(pointAt(account, DAY.at + HOUR_MS).between).toBeNull();
    expect(seriesOf(account, { from: OPENED, to: OPENED + 3 * DAY_MS, columns: 100 }).series.band).toBeNull();
    expect(timelinePage(account, { offset: 0, limit: 10 }).rows.some(({ about }) => about === true)).toBe(false);
  });

  test('the chosen placement is that of the figures, and within their range', () => {
    for (const [placement, overrun] of [
      ['start', '10'],
      ['end', '10'],
      ['spread', '0'],
    ] as const) {
      const view = viewOf(accountOf(CUT_OFF, [DAY], placement));
      expect(view.figures.overrun).toBe(overrun);
      expect(view.placement?.placements).toEqual([placement]);
      expect(view.placement?.bounds?.overrun).toEqual(['0', '10']);
    }
  });
});

describe('the chart', () => {
  const window = { from: OPENED, to: OPENED + 4 * DAY_MS, columns: 96 };

  test('has a band between the earliest and the latest placement, which the line never leaves', () => {
    const account = accountOf(RECHARGED, [DAY, { ...DAY, at: DAY.at + DAY_MS }]);
    const { series, buffers } = seriesOf(account, window);
    const { band, at, balance } = series;
    expect(band?.at).toHaveLength(96);
    expect(buffers).toHaveLength(5);
    for (let i = 0; i < at.length; i++) {
      const column = Math.min(95, Math.floor((at[i]! - window.from) / HOUR_MS));
      expect(band!.low[column]).toBeLessThanOrEqual(balance[i]!);
      expect(band!.high[column]).toBeGreaterThanOrEqual(balance[i]!);
    }
    // before the first bucket nothing is uncertain; within it all of it may be used or nothing
    expect([band!.low[3], band!.high[3]]).toEqual([20, 20]);
    expect(band!.low[26]! < band!.high[26]!).toBe(true);
  });

  test('has none in a window where the runs agree', () => {
    const account = accountOf(CUT_OFF, [DAY]);
    expect(seriesOf(account, { from: OPENED, to: OPENED + HOUR_MS, columns: 10 }).series.band).toBeNull();
  });

  test('says under the pointer what the balance may be', () => {
    const account = accountOf(CUT_OFF, [DAY]);
    const point = pointAt(account, DAY.at + 3 * HOUR_MS);
    expect(point).toMatchObject({ balance: '10', between: ['-10', '14'], source: 'daily.csv:2' });
    expect(point.what).toBe('Usage m, 1, placed within 1 day');
    expect(pointAt(account, OPENED).between).toBeNull();
  });
});

describe('marks, spans and overruns', () => {
  test('are about where another placement has others', () => {
    const { spans, overruns } = annotationsOf(accountOf(CUT_OFF, [DAY], 'start'));
    expect(overruns).toMatchObject([{ from: DAY.at, lowest: '-10', about: true }]);
    expect(spans.filter(({ about }) => about === true)).toMatchObject([{ from: DAY.at + HOUR_MS }]);
    const { marks } = annotationsOf(accountOf(RECHARGED, [DAY]));
    expect(marks.map(({ kind, about }) => [kind, about === true])).toEqual([
      ['purchase', false],
      ['auto_recharge', true],
    ]);
  });

  test('are certain where all placements agree', () => {
    const { spans, overruns, marks } = annotationsOf(accountOf(CUT_OFF, [{ ...DAY, cost: UNIT }]));
    expect([...spans, ...overruns, ...marks].some(({ about }) => about === true)).toBe(false);
    expect(marks.length).toBeGreaterThan(0);
  });
});

describe('access', () => {
  const until = CUT_OFF.replace(/  - .*second}\n/, '').replace('2026-10-06', '2026-10-03');

  test('is both where the placements differ, and its last change about', () => {
    const { placement, figures } = viewOf(accountOf(until, [DAY]));
    expect(placement?.bounds?.access.toSorted()).toEqual(['closed', 'open']);
    expect(figures).toMatchObject({ access: 'closed', accessSinceAbout: true });
    expect(viewOf(accountOf(until, [{ ...DAY, cost: UNIT }])).figures.accessSinceAbout).toBe(false);
  });
});

describe('tables', () => {
  const csvOf = (account: Account): string => new TextDecoder().decode(atOnce(tableCsv(account, 'timeline')));

  test('what usage set off has no exact instant; what the scenario says has', () => {
    const { rows } = timelinePage(accountOf(CUT_OFF, [DAY]), { offset: 0, limit: 50 });
    expect(rows.filter(({ about }) => about === true).map(({ type }) => type)).toEqual(['cutoff']);
    expect(rows.filter(({ about }) => about !== true).map(({ type }) => type)).toContain('restored');
    const recharged = timelinePage(accountOf(RECHARGED, [DAY]), { offset: 0, limit: 50 }).rows;
    expect(recharged.filter(({ kind }) => kind === 'auto_recharge').every(({ about }) => about === true)).toBe(true);
    expect(recharged.filter(({ kind }) => kind === 'purchase').some(({ about }) => about === true)).toBe(false);
  });

  test('an exported timeline says of each instant whether it is exact, where any may not be', () => {
    const lines = csvOf(accountOf(CUT_OFF, [DAY])).split('\r\n');
    expect(lines[0]).toMatch(/,balance,instant$/);
    expect(lines.filter((line) => line.endsWith(',about')).map((line) => line.split(',')[1])).toEqual(['cutoff']);
    const certain = csvOf(accountOf(CUT_OFF, [{ ...DAY, width: 0 }]));
    expect(certain.split('\r\n')[0]).toMatch(/,balance$/);
  });

  test('every slice of a row names its file and line', () => {
    const account = accountOf(CUT_OFF, [{ ...DAY, at: OPENED, cost: UNIT }, DAY]);
    const { rows, total } = usagePage(account, { offset: 0, limit: 100 });
    expect(total).toBe(48);
    expect(rows.map(({ line }) => line)).toEqual([...Array<number>(24).fill(2), ...Array<number>(24).fill(3)]);
  });
});
