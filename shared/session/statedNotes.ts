/** What the chart shows of what others state: compared balances, documents and bank lines, worked out once an account. */
import type { StatedCounts, StatedNotes, StatedPoint, StatementItem } from '../contract/stated.ts';
import { formatAtoms, parseAmount, type Atoms } from '../domain/money.ts';
import type { CalendarDate, StatementLine } from '../domain/statement.ts';
import { DAY_MS, type Instant, type Zone } from '../domain/time.ts';
import type { Account } from './account.ts';
import { balanceBetween } from './placements.ts';
import { comparedBalances, daySpan, type StatedIn } from './statedBalances.ts';

interface Stated {
  readonly points: readonly StatedPoint[];
  readonly items: readonly StatementItem[];
  readonly counts: StatedCounts;
}

/** Most points and most items in one answer: more than there are pixels. */
const MOST = 2_000;

const known = new WeakMap<Account, Stated>();

function statedOf(account: Account): Stated {
  let stated = known.get(account);
  if (stated === undefined) {
    stated = workedOut(account);
    known.set(account, stated);
  }
  return stated;
}

/** Every compared balance, in time. */
export function statedPointsOf(account: Account): readonly StatedPoint[] {
  return statedOf(account).points;
}

/** Of an account of which nobody states anything: null. */
export function statedCounts(account: Account): StatedCounts | null {
  const { counts } = statedOf(account);
  return Object.values(counts).some((count) => count > 0) ? counts : null;
}

export function statedNotes(account: Account, from: Instant, to: Instant): StatedNotes {
  const { points, items } = statedOf(account);
  const inside = points.filter(({ at, until }) => at <= to && (until ?? at) >= from);
  const touching = items.filter((item) => item.from <= to && item.to >= from);
  const shown = mostTelling(inside);
  return {
    points: shown,
    items: touching.slice(0, MOST),
    more: { points: inside.length - shown.length, items: Math.max(0, touching.length - MOST) },
  };
}

/** Differing ones first, then those that agree, spread over the window; in time. */
function mostTelling(points: readonly StatedPoint[]): readonly StatedPoint[] {
  if (points.length <= MOST) return points;
  const differing = points.filter(({ agrees }) => !agrees).slice(0, MOST);
  const agreeing = points.filter(({ agrees }) => agrees);
  const room = MOST - differing.length;
  const step = agreeing.length / Math.max(1, room);
  const spread = Array.from({ length: Math.min(room, agreeing.length) }, (_, at) => agreeing[Math.floor(at * step)]!);
  return [...differing, ...spread].sort((a, b) => a.index - b.index);
}

function workedOut(account: Account): Stated {
  const { run, course, sources } = account;
  const { opened, until: ended, currency, minorDigits, zone } = run.input;
  const stated: readonly StatedIn[] = sources.flatMap(({ statement, report: { file } }) =>
    (statement?.balances ?? []).map((balance) => ({ balance, file })),
  );
  const { points, apart } = comparedBalances(
    course,
    { opened, ended, currency, minorDigits, zone },
    stated,
    stated.length === 0 ? undefined : (at) => exact(balanceBetween(account, at)),
  );
  const items = itemsOf(account, zone);
  const differ = points.filter(({ agrees }) => !agrees).length;
  const documents = items.filter(({ side }) => side === 'document').length;
  return {
    points,
    items,
    counts: {
      ...{ agree: points.length - differ, differ, apart: apart.length },
      ...{ documents, bank: items.length - documents },
    },
  };
}

function exact(range: readonly [string, string] | null): readonly [Atoms, Atoms] | null {
  if (range === null) return null;
  const [low, high] = range.map(parseAmount);
  return typeof low === 'bigint' && typeof high === 'bigint' ? [low, high] : null;
}

interface Placed {
  readonly line: StatementLine;
  readonly file: string;
  readonly side: StatementItem['side'];
}

/** Formats of vendors; every other statement is a bank's. */
const VENDOR = /^(stripe|focus|billing)/;

function itemsOf({ sources, run }: Account, zone: Zone): readonly StatementItem[] {
  const all: readonly Placed[] = sources.flatMap(({ statement, report: { file, format } }) =>
    (statement?.lines ?? []).map((line): Placed => {
      const document = line.invoice !== null || line.charge !== null || VENDOR.test(format);
      return { line, file, side: document ? 'document' : 'bank' };
    }),
  );
  const documents = all.filter(({ side, line }) => side === 'document' && line.charge?.category !== 'Usage');
  const paid = run.state.timeline.flatMap((entry) =>
    entry.type === 'purchase' ? [{ amount: entry.charged, currency: run.input.currency, at: entry.at }] : [],
  );
  const dues = [
    ...documents.map(({ line }) => ({ amount: line.amount, currency: line.currency, at: middle(line.date, zone) })),
    ...paid,
  ];
  const bank = ofVendor(
    all.filter(({ side }) => side === 'bank'),
    dues,
    new Set(documents.flatMap(({ line }) => line.reference ?? [])),
    zone,
  );
  return [...documents, ...bank]
    .map((placed) => itemOf(placed, zone))
    .sort((a, b) => a.from - b.from)
    .map((item, index) => ({ ...item, index }));
}

/** A charge arrives within so many days of what it pays. */
const DAYS_APART = 10;

interface Due {
  readonly amount: Atoms;
  readonly currency: string;
  readonly at: Instant;
}

/**
 * The bank lines that are about the vendor: those that carry a document's number or pay the amount of a document or a
 * purchase about then, and every other line of the same party.
 */
function ofVendor(
  lines: readonly Placed[],
  dues: readonly Due[],
  references: ReadonlySet<string>,
  zone: Zone,
): readonly Placed[] {
  const byAmount = new Map<string, Instant[]>();
  for (const { amount, currency, at } of dues) {
    const key = `${amount} ${currency}`;
    byAmount.set(key, [...(byAmount.get(key) ?? []), at]);
  }
  const pays = ({ line }: Placed): boolean => {
    if (line.reference !== null && references.has(line.reference)) return true;
    const near = byAmount.get(`${line.amount} ${line.currency}`) ?? [];
    const at = middle(line.date, zone);
    return near.some((due) => Math.abs(due - at) <= DAYS_APART * DAY_MS);
  };
  const found = new Set(lines.filter(pays));
  const parties = new Set([...found].flatMap(({ line }) => line.party ?? []));
  return lines.filter((placed) => found.has(placed) || (placed.line.party !== null && parties.has(placed.line.party)));
}

function middle(date: CalendarDate, zone: Zone): Instant {
  const [from, until] = daySpan(date, zone);
  return (from + until) / 2;
}

function itemOf({ line, file, side }: Placed, zone: Zone): Omit<StatementItem, 'index'> & { readonly index: 0 } {
  const { charge, invoice, amount, currency, reference } = line;
  const [dayFrom, dayTo] = daySpan(line.date, zone);
  const [from, to] =
    charge !== null && charge.until !== null && charge.until > charge.from
      ? [charge.from, charge.until]
      : [dayFrom, dayTo];
  const status = invoice === null ? (charge?.category ?? '') : `Invoice, ${invoice.status}`;
  const words = side === 'bank' ? (line.party ?? line.description) : status === '' ? line.description : status;
  const what = words === '' ? (line.kind ?? 'Line') : words;
  return { index: 0, side, from, to, amount: formatAtoms(amount), currency, what, reference, file, line: line.line };
}
