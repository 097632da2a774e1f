/** Explains a usage bill that somebody states: which rule or part of the data makes the simulated bill the stated one. */
import { monthOf, type Zone } from '../../../domain/time.ts';
import type { BillCase, BillEvent, BillPolicy, BillSpan } from '../../../domain/usageBill.ts';
import { magnitude, type Change, type Model, type StatedFigure } from '../model.ts';
import type { Ranked } from '../rank.ts';
import { Search } from '../search.ts';
import { arithmeticTells } from '../tells.ts';
import { billOf, type Bill } from './bill.ts';
import { billChanges, withBillValue } from './changes.ts';

/** One line of the answer. `none`: nothing was found. */
export interface BillExplanation {
  readonly changes: Readonly<Record<string, Change['value']>>;
  /** Stated less simulated, cents. */
  readonly residual: bigint;
  readonly verdict: Ranked['verdict'] | 'none';
  readonly rivals: number;
  readonly sentence: string;
}

/** So few that all of them can be run. */
const MOST_PAIRS = 20_000;
/** What closes the bill is listed up to so many; what does so only in part, up to so many. */
const MOST_CLOSING = 100;
const MOST_PARTIAL = 10;
/** Requests that a sentence names. */
const NAMED = 4;

export function billModel({ span, rates, events, policy, observed, taxes, others }: BillCase): Model {
  const target: StatedFigure = { id: spanText(span), label: spanText(span), stated: observed, relation: 'target' };
  return {
    totals: [
      target,
      ...others.map((other): StatedFigure => {
        const inside = other.span.year === span.year && other.span.month === span.month;
        const id = spanText(other.span);
        return { id, label: id, stated: other.observed, relation: inside ? 'part' : 'independent' };
      }),
    ],
    changes: billChanges(policy, events, taxes),
    run: (changes) => {
      const changed = policyUnder(policy, changes);
      if (changed === null) return null;
      return [span, ...others.map((other) => other.span)].map((each) => {
        return billOf(events, rates, each, changed)?.cents ?? null;
      });
    },
  };
}

function policyUnder(policy: BillPolicy, changes: readonly Change[]): BillPolicy | null {
  return changes.reduce<BillPolicy | null>(
    (changed, { parameter, value }) => (changed === null ? null : withBillValue(changed, parameter, value)),
    policy,
  );
}

/** All explanations of a bill, best first. @throws Error where the bill cannot be computed as it is. */
export function explainBill(given: BillCase): BillExplanation[] {
  const model = billModel(given);
  const search = new Search(model, { mostPairs: MOST_PAIRS });
  const before = billOf(given.events, given.rates, given.span, given.policy);
  if (before === null) throw new Error('a request has no rate in force');
  const difference = given.observed - before.cents;
  if (difference === 0n)
    return [
      {
        ...{ changes: {}, residual: 0n, verdict: 'fits', rivals: 0 },
        sentence: `The bill is ${centsText(before.cents)}, as stated: there is nothing to explain.`,
      },
    ];
  search.advance(() => false);
  const found = search.findings();
  const closing = found.filter(({ residual }) => residual === 0n).slice(0, MOST_CLOSING);
  const partial = found.filter(({ residual }) => residual !== 0n).slice(0, MOST_PARTIAL);
  const shown = [...closing, ...partial].map((finding) => explanation(given, before, finding, model));
  return shown.some(({ residual }) => residual === 0n) ? shown : [...shown, noneFound(given, before, search)];
}

function explanation(given: BillCase, before: Bill, finding: Ranked, model: Model): BillExplanation {
  const { changes, residual, verdict, rivals, percent } = finding;
  const policy = policyUnder(given.policy, changes);
  const after = policy === null ? null : billOf(given.events, given.rates, given.span, policy);
  const supposed = changes.map(({ clause }) => clause).join(' and ');
  const cents = after?.cents ?? before.cents;
  const result =
    residual === 0n
      ? `the bill is ${centsText(cents)}, as stated`
      : `the bill is ${centsText(cents)}, ${centsText(magnitude(residual))} ${residual > 0n ? 'less' : 'more'} than stated (${percent} % of the difference)`;
  const evidence = [
    ...(after === null ? [] : movedWords(before, after, given)),
    ...alsoWords(model, finding),
    ...(rivals > 0 ? [`${rivals} other ${rivals === 1 ? 'explanation fits' : 'explanations fit'} as well`] : []),
  ];
  return {
    changes: Object.fromEntries(changes.map(({ parameter, value }) => [parameter, value])),
    ...{ residual, verdict, rivals },
    sentence: `If ${supposed}, ${[result, ...evidence].join('; ')}.`,
  };
}

/** `2 requests leave the month (e01, e02), 1 joins it (e11)` */
function movedWords(before: Bill, after: Bill, { policy: { tz }, span }: BillCase): string[] {
  const left = without(before.billed, after.billed);
  const joined = without(after.billed, before.billed);
  const parts: string[] = [];
  if (left.length > 0) parts.push(`${requests(left, 'leaves', 'leave')} the bill`);
  if (joined.length > 0) {
    const again = joined.every((event) => before.billed.some(({ id }) => id === event.id) && inMonth(event, span, tz));
    parts.push(`${requests(joined, 'is', 'are')} ${again ? 'billed again' : 'added to it'}`);
  }
  return parts.length === 0 ? [] : [parts.join(', ')];
}

function inMonth({ at }: BillEvent, { year, month }: BillSpan, zone: Zone): boolean {
  return monthOf(at, zone) === monthText(year, month);
}

/** The events of one list beyond those of another, repeated ones as often as they are more. */
function without(all: readonly BillEvent[], other: readonly BillEvent[]): BillEvent[] {
  const rest = [...other];
  return all.filter((event) => {
    const place = rest.indexOf(event);
    if (place >= 0) rest.splice(place, 1);
    return place < 0;
  });
}

function requests(events: readonly BillEvent[], one: string, many: string): string {
  const ids = events.slice(0, NAMED).map(({ id }) => id);
  const named = `${ids.join(', ')}${events.length > NAMED ? ', …' : ''}`;
  return events.length === 1 ? `1 request (${named}) ${one}` : `${events.length} requests (${named}) ${many}`;
}

function alsoWords({ totals }: Model, { closes, opens }: Ranked): string[] {
  const named = (places: readonly number[]): string => places.map((place) => totals[place]?.label ?? '').join(', ');
  return [
    ...(closes.length > 0 ? [`it also closes ${named(closes)}`] : []),
    ...(opens.length > 0 ? [`but ${named(opens)} would no longer agree`] : []),
  ];
}

function noneFound(given: BillCase, before: Bill, search: Search): BillExplanation {
  const tried = Object.values(search.tried).reduce((sum, count) => sum + count, 0);
  const difference = given.observed - before.cents;
  const items = before.billed.flatMap((event) => {
    const alone = billOf([event], given.rates, given.span, given.policy);
    return alone === null ? [] : [{ label: `request ${event.id}`, amount: alone.cents }];
  });
  const tells = arithmeticTells({ stated: given.observed, simulated: before.cents, items, rates: [] });
  const hints = tells.map(({ sentence }) => ` ${sentence}`).join('');
  return {
    ...{ changes: {}, residual: difference, verdict: 'none', rivals: 0 },
    sentence: `No explanation found among ${tried} tried; ${centsText(magnitude(difference))} is left.${hints}`,
  };
}

/** `2026-10` or `2026-10-31` */
export function spanText({ year, month, day }: BillSpan): string {
  const text = monthText(year, month);
  return day === null ? text : `${text}-${String(day).padStart(2, '0')}`;
}

function monthText(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** `6.77` */
function centsText(cents: bigint): string {
  const digits = magnitude(cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
