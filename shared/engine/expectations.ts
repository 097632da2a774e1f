/** Checks a scenario's expectations against its run, all forms of the scenario format. */
import { formatAtoms, type Atoms } from '../domain/money.ts';
import type { Expectation, Scenario } from '../domain/scenario.ts';
import { formatInstant } from '../domain/time.ts';
import { SCENARIO_SOURCE } from './eventBatch.ts';
import type { ReplayInput } from './input.ts';
import { balanceOf } from './lots.ts';
import { Replay } from './replay.ts';
import { visibleAccess } from './resultJson.ts';
import { spanOfRow } from './usageRows.ts';
import { idAt } from '../domain/usage.ts';

type Fields = Record<string, string | number | null | Record<string, string | null>>;

export interface CheckedExpectation {
  readonly holds: boolean;
  /** What the scenario says, exact. */
  readonly expected: Fields;
  /** The same fields as the run has them. */
  readonly actual: Fields;
}

/** Runs an input to its end, looking at the account at every instant that an expectation names. */
export function replayChecked(
  input: ReplayInput,
  scenario: Pick<Scenario, 'expect' | 'events'>,
): { run: Replay; expectations: readonly CheckedExpectation[] } {
  const run = new Replay(input);
  const atInstant = new Map<Expectation, Fields>();
  const timed = scenario.expect.filter((expectation) => expectation.kind === 'at').sort((a, b) => a.at - b.at);
  for (const expectation of timed) {
    run.advance(expectation.at);
    atInstant.set(expectation, accountFields(run, expectation));
  }
  run.advance(input.until);
  const expectations = scenario.expect.map((expectation): CheckedExpectation => {
    const expected = expectedFields(expectation);
    const actual = atInstant.get(expectation) ?? actualFields(run, scenario, expectation);
    return { holds: sameFields(expected, actual), expected, actual };
  });
  return { run, expectations };
}

function expectedFields(expectation: Expectation): Fields {
  switch (expectation.kind) {
    case 'at': {
      const { kind: _, at, balance, debt, lots, ...plain } = expectation;
      return {
        at: formatInstant(at),
        ...(balance === undefined ? {} : { balance: formatAtoms(balance) }),
        ...(debt === undefined ? {} : { debt: formatAtoms(debt) }),
        ...plain,
        ...(lots === undefined ? {} : { lots: amountTexts(lots) }),
      };
    }
    case 'invoice':
      return {
        invoice: expectation.period,
        ...(expectation.from === null ? {} : { from: formatInstant(expectation.from) }),
        ...amountTexts(expectation.figures),
        ...(expectation.lines === undefined ? {} : { lines: amountTexts(expectation.lines) }),
      };
    case 'event':
      return {
        event: expectation.event,
        status: expectation.status,
        ...(expectation.reason === null ? {} : { reason: expectation.reason }),
      };
    case 'count':
      return { count: expectation.count, equals: expectation.equals };
  }
}

function accountFields(run: Replay, expectation: Expectation & { kind: 'at' }): Fields {
  const { state } = run;
  const reached = expectation.at <= run.input.until && expectation.at >= run.input.opened;
  const lots = new Map(state.book.all.map((lot) => [lot.id, formatAtoms(lot.remaining)]));
  return {
    at: reached ? formatInstant(expectation.at) : formatInstant(state.now),
    ...(expectation.balance === undefined ? {} : { balance: formatAtoms(balanceOf(state.book)) }),
    ...(expectation.debt === undefined ? {} : { debt: formatAtoms(state.book.debt) }),
    ...(expectation.access === undefined ? {} : { access: visibleAccess(run) }),
    ...(expectation.plan === undefined ? {} : { plan: state.plan }),
    ...(expectation.tier === undefined ? {} : { tier: state.tier }),
    ...(expectation.lots === undefined
      ? {}
      : { lots: fieldsOf(Object.keys(expectation.lots), (id) => lots.get(id) ?? null) }),
  };
}

function actualFields(run: Replay, scenario: Pick<Scenario, 'events'>, expectation: Expectation): Fields {
  switch (expectation.kind) {
    case 'invoice':
      return invoiceFields(run, expectation);
    case 'event':
      return eventFields(run, scenario, expectation);
    case 'count':
      return { count: expectation.count, equals: countOf(run, expectation.count) };
    case 'at':
      return {};
  }
}

function invoiceFields({ state }: Replay, expectation: Expectation & { kind: 'invoice' }): Fields {
  const { period, from } = expectation;
  const invoice = state.invoices.findLast(
    (candidate) => candidate.period === period && (from === null || candidate.from === from),
  );
  if (invoice === undefined) return { invoice: null };
  const lines = new Map(invoice.lines);
  const { period: _period, from: _from, to: _to, lines: _lines, ...figures } = invoice;
  return {
    invoice: period,
    ...(from === null ? {} : { from: formatInstant(invoice.from) }),
    ...fieldsOf(Object.keys(expectation.figures), (name) => formatAtoms(figures[name as keyof typeof figures])),
    ...(expectation.lines === undefined
      ? {}
      : {
          lines: fieldsOf(Object.keys(expectation.lines), (sku) =>
            lines.has(sku) ? formatAtoms(lines.get(sku)!) : null,
          ),
        }),
  };
}

/** Whether an event took effect; a usage row is found by its id. */
function eventFields(
  run: Replay,
  scenario: Pick<Scenario, 'events'>,
  expectation: Expectation & { kind: 'event' },
): Fields {
  const reason = outcomeOf(run, scenario, expectation.event);
  if (reason === undefined) return { event: null };
  const status = reason === null ? 'accepted' : 'rejected';
  return { event: expectation.event, status, ...(expectation.reason === null ? {} : { reason }) };
}

function outcomeOf(
  { input, state }: Replay,
  scenario: Pick<Scenario, 'events'>,
  id: string,
): string | null | undefined {
  const control = input.controls.findIndex(({ event }) => event.id === id);
  if (control >= 0) return state.outcomes[control];
  const row = rowOfId(input, scenario, id);
  const span = row < 0 ? undefined : state.spans[spanOfRow(state.spans, row)];
  if (span === undefined) return undefined;
  return span.status === 'accepted' ? null : span.status;
}

function rowOfId({ log }: ReplayInput, scenario: Pick<Scenario, 'events'>, id: string): number {
  const own = scenario.events.filter((event) => event.type === 'usage').sort((a, b) => a.at - b.at);
  for (let row = 0; row < log.count; row++) {
    const { batch, index } = log.origin(row);
    const found =
      batch.source === SCENARIO_SOURCE ? own[index]?.id === id : batch.ids !== null && idAt(batch.ids, index) === id;
    if (found) return row;
  }
  return -1;
}

/** Timeline rows of a type, usage rows included, or accepted purchases of a kind. */
function countOf({ state }: Replay, what: string): number {
  if (what === 'usage') return state.accepted.rows;
  if (what === 'usage_rejected') return [...state.rejected.values()].reduce((sum, { rows }) => sum + rows, 0);
  return state.timeline.filter((entry) => entry.type === what || (entry.type === 'purchase' && entry.kind === what))
    .length;
}

function amountTexts(amounts: Readonly<Record<string, Atoms>>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, formatAtoms(amount)]));
}

function fieldsOf<V>(names: readonly string[], value: (name: string) => V): Record<string, V> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}

function sameFields(expected: Fields, actual: Fields): boolean {
  const names = Object.keys(expected);
  if (names.length !== Object.keys(actual).length) return false;
  return names.every((name) => Object.hasOwn(actual, name) && sameValue(expected[name]!, actual[name]!));
}

function sameValue(expected: Fields[string], actual: Fields[string]): boolean {
  if (expected === null || actual === null || typeof expected !== 'object' || typeof actual !== 'object')
    return expected === actual;
  return sameFields(expected, actual);
}
