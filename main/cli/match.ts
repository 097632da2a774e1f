/** `drawdown match`: matches the items of a case and prints what came of it. */
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import { minorAmount, readMatchCases, type MatchCase } from '../../shared/scenario/matchCase.ts';
import type { Break, Bridge, Match, MatchResult } from '../../shared/reconcile/match/types.ts';
import { oneName, readArguments, readCases } from './command.ts';
import { jsonOf } from './exactJson.ts';

const HELP = `drawdown match CASE.json

Matches the ledger's items of a case with its statement's, and prints matches, breaks, ignored items, the bridge between
both totals, and the totals, as JSON (- is standard input). A file of many cases, under the key cases, gives one line a
case with its id.

  {"settings": {"period": {"from": "2026-10-01", "to": "2026-11-01"}},
   "ledger":    [{"id": "L1", "date": "2026-10-02", "amount": 50000, "currency": "USD", "ref": "HLCN2K7Q-0011"}],
   "statement": [{"id": "S1", "date": "2026-10-03", "amount": 50000, "currency": "USD"}]}

Amounts are whole minor units, + the customer pays. Items may have ref, tax (on top in the ledger, included in the
statement), status, and a statement's description, fitid and orig ({amount, currency}). Settings, with their defaults:
date_window {before 0, after 3}, exception_window_days 15, amount_tolerance {abs 0, bps 0}, grace_days 3, group {enabled
true, max_size 4}, dup_days 3, vendor_pattern, fee_bps, fx ({"EURUSD": 1.078}), fx_tolerance_bps 300. Other keys of a case
are passed over.

  --help       this text

Items in several currencies give bridge and totals by currency. Exit status: 0; 1 the bridge leaves a residual, so there
is no conclusion; 2 the file cannot be read, and nothing is printed but what is wrong with it.`;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function matchCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('match', { help: HELP, options: {} }, args);
  if (asked === null) return 0;
  const reading = await readCases(oneName('match', 'file', asked.positionals), readMatchCases);
  const results = reading.cases.map((one) => ({ one, result: matched(one) }));
  process.stdout.write(
    results
      .map(({ one, result }) => `${jsonOf(reading.many ? { id: one.id, ...shown(result) } : shown(result))}\n`)
      .join(''),
  );
  return results.every(({ result }) => result.bridges.every(({ residual }) => residual === 0n)) ? 0 : 1;
}

function matched({ ledger, statement, settings }: MatchCase): MatchResult {
  return matchItems(ledger, statement, settings);
}

/** The shape of a case's result. */
function shown({ matches, breaks, ignored, bridges }: MatchResult): Record<string, unknown> {
  return {
    matches: matches.map(shownMatch),
    breaks: breaks.map(shownBreak),
    ignored,
    ...(bridges.length > 1
      ? {
          bridge: Object.fromEntries(bridges.map((bridge) => [bridge.currency, stepsOf(bridge)])),
          totals: Object.fromEntries(bridges.map((bridge) => [bridge.currency, totalsOf(bridge)])),
        }
      : { bridge: stepsOf(bridges[0]), totals: totalsOf(bridges[0]) }),
  };
}

function shownMatch(match: Match): Record<string, unknown> {
  const { type, ledger, statement, rule, status, difference, currency, category, ambiguous } = match;
  const amount = minorAmount(difference, currency);
  return {
    ...{ type, ledger, statement, rule, status, difference: amount, category },
    ...(ambiguous ? { ambiguous } : {}),
  };
}

function shownBreak({ side, id, category, amount, currency, breakOn, candidates }: Break): Record<string, unknown> {
  return {
    ...{ side, id, category, amount: minorAmount(amount, currency) },
    ...(breakOn === null ? {} : { break_on: breakOn }),
    ...(candidates.length === 0 ? {} : { candidates }),
  };
}

function stepsOf(bridge: Bridge | undefined): Record<string, bigint> {
  const steps = bridge?.steps ?? [];
  return Object.fromEntries(
    steps.map(({ category, amount }) => [category, minorAmount(amount, bridge?.currency ?? '')]),
  );
}

function totalsOf(bridge: Bridge | undefined): Record<string, bigint> {
  const { currency = '', ledger = 0n, statement = 0n, difference = 0n, residual = 0n } = bridge ?? {};
  const minor = (amount: bigint): bigint => minorAmount(amount, currency);
  return {
    ledger: minor(ledger),
    statement: minor(statement),
    difference: minor(difference),
    residual: minor(residual),
  };
}
