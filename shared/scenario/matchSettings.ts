/** Settings of a matching case; what is not set keeps its default. */
import { parseAmount, type Atoms } from '../domain/money.ts';
import type { CalendarDate } from '../domain/statement.ts';
import { DEFAULT_MATCH_SETTINGS } from '../reconcile/match/settings.ts';
import type { ExchangeRate, MatchSettings } from '../reconcile/match/types.ts';
import { numeralOf, WRONG, type NodeReader, type Wrong } from './nodeReader.ts';
import { found, type Path } from './problems.ts';
import type { MapNode, SourceNode } from './tree.ts';

const KEYS = [
  'period',
  'date_window',
  'exception_window_days',
  'amount_tolerance',
  'grace_days',
  'group',
  'dup_days',
  'vendor_pattern',
  'fee_bps',
  'fx',
  'fx_rate',
  'fx_rates',
  'fx_tolerance_bps',
];
/** One meaning under the names that files have for it. */
const RATE_KEYS = ['fx', 'fx_rate', 'fx_rates'];
/** Beside rates, how far from them an amount may lie. */
const TOLERANCE_KEY = 'tolerance_bps';
const MOST_DAYS = 366n;
const MOST_BPS = 10_000n;
const MOST_SIZE = 6n;
const MOST_TOLERANCE = 10n ** 15n;

/**
 * @param ledger the ledger's currency, or null
 * @param minor atoms of the ledger's minor unit, in which the tolerance is written
 */
export function readMatchSettings(
  node: SourceNode,
  path: Path,
  { ledger, minor }: { readonly ledger: string | null; readonly minor: Atoms },
  reader: NodeReader,
): MatchSettings | Wrong {
  const map = reader.map(node, path);
  if (map === WRONG) return WRONG;
  reader.warnUnknown(map, KEYS);
  const before = reader.problems.length;
  const whole =
    (most: bigint) =>
    (each: SourceNode, at: Path): number | Wrong => {
      const value = reader.integer(each, at, 0n, most);
      return value === WRONG ? WRONG : Number(value);
    };
  const part = (key: string): { readonly map: MapNode; readonly path: Path } | null => {
    const inner = reader.at(map, path, key, (each, at) => reader.map(each, at), null);
    return inner === WRONG || inner === null ? null : { map: inner, path: [...path, key] };
  };
  const of = <T, D>(
    where: { readonly map: MapNode; readonly path: Path } | null,
    key: string,
    read: (each: SourceNode, at: Path) => T | Wrong,
    preset: D,
  ): T | D => {
    const value = where === null ? preset : reader.at(where.map, where.path, key, read, preset);
    return value === WRONG ? preset : value;
  };
  const inside = (key: string): { readonly map: MapNode; readonly path: Path } | null =>
    map.entries.get(key)?.value.kind === 'map' ? part(key) : null;
  const all = { map, path };
  const window = part('date_window');
  const tolerance = part('amount_tolerance');
  const group = part('group');
  const preset = DEFAULT_MATCH_SETTINGS;
  const period = reader.need(map, path, 'period', (each, at) => readPeriod(each, at, reader), 'a map with from and to');
  const settings = {
    dateWindow: {
      before: of(window, 'before', whole(MOST_DAYS), preset.dateWindow.before),
      after: of(window, 'after', whole(MOST_DAYS), preset.dateWindow.after),
    },
    exceptionWindowDays: of(all, 'exception_window_days', whole(MOST_DAYS), preset.exceptionWindowDays),
    amountTolerance: {
      abs: of(tolerance, 'abs', (each, at) => reader.integer(each, at, 0n, MOST_TOLERANCE), 0n) * minor,
      bps: of(tolerance, 'bps', whole(MOST_BPS), preset.amountTolerance.bps),
    },
    graceDays: of(all, 'grace_days', whole(MOST_DAYS), preset.graceDays),
    group: {
      enabled: of(group, 'enabled', (each, at) => reader.flag(each, at), preset.group.enabled),
      maxSize: of(group, 'max_size', whole(MOST_SIZE), preset.group.maxSize),
    },
    duplicateDays: of(all, 'dup_days', whole(MOST_DAYS), preset.duplicateDays),
    vendorPattern: of(all, 'vendor_pattern', (each, at) => readPattern(each, at, reader), preset.vendorPattern),
    feeBps: of(all, 'fee_bps', whole(MOST_BPS), preset.feeBps),
    exchangeRates: RATE_KEYS.reduce<readonly ExchangeRate[]>(
      (found, key) => of(all, key, (each, at) => readRates(each, at, ledger, reader), found),
      preset.exchangeRates,
    ),
    exchangeToleranceBps: RATE_KEYS.reduce(
      (found, key) => of(inside(key), TOLERANCE_KEY, whole(MOST_BPS), found),
      of(all, 'fx_tolerance_bps', whole(MOST_BPS), preset.exchangeToleranceBps),
    ),
    sources: preset.sources,
    apart: preset.apart,
  };
  return period === WRONG || reader.problems.length > before ? WRONG : { period, ...settings };
}

function readPeriod(node: SourceNode, path: Path, reader: NodeReader): MatchSettings['period'] | Wrong {
  const map = reader.map(node, path);
  if (map === WRONG) return WRONG;
  const date = (each: SourceNode, at: Path): CalendarDate | Wrong => reader.date(each, at);
  const from = reader.need(map, path, 'from', date, 'a date such as 2026-10-01');
  const to = reader.need(map, path, 'to', date, 'the date after its last day, such as 2026-11-01');
  if (from === WRONG || to === WRONG) return WRONG;
  return from < to ? { from, to } : reader.wrong(node, path, `must end after it starts, found ${from} to ${to}`);
}

function readPattern(node: SourceNode, path: Path, reader: NodeReader): string | Wrong {
  const text = reader.text(node, path);
  if (text === WRONG) return WRONG;
  try {
    new RegExp(text, 'i');
    return text;
  } catch {
    return reader.wrong(node, path, `must be a regular expression such as halcyon|openai, found ${found(text)}`);
  }
}

/**
 * `{"EURUSD": 1.078}`: one of the first currency is so many of the second; `EUR/USD`, `{"EUR": {"USD": 1.078}}` and, of the
 * ledger's currency, `{"EUR": 1.078}` too; or from and to, or pair, with rate, or a list of such.
 * @param ledger the ledger's currency; null where it has no items
 */
function readRates(node: SourceNode, path: Path, ledger: string | null, reader: NodeReader): ExchangeRate[] | Wrong {
  if (node.kind === 'list') {
    const rates = node.items.map((each, index) => readListedRate(each, [...path, index], reader));
    return rates.every((rate) => rate !== WRONG) ? rates : WRONG;
  }
  const map = reader.map(node, path);
  if (map === WRONG) return WRONG;
  if (map.entries.has('rate')) {
    const rate = readListedRate(node, path, reader);
    return rate === WRONG ? WRONG : [rate];
  }
  const pairs = [...map.entries].filter(([key]) => key !== TOLERANCE_KEY);
  const rates = pairs.flatMap(([pair, { value }]): (ExchangeRate | Wrong)[] => {
    const [, from, to = value.kind === 'map' ? null : ledger] = PAIR.exec(pair) ?? [];
    const at = [...path, pair];
    if (from !== undefined && to === null && value.kind === 'map')
      return [...value.entries].map(([other, { value: inner }]) => rateOf(from, other, inner, [...at, other], reader));
    if (from === undefined || to === null)
      return [reader.wrong(value, at, 'must be a pair of currencies with its rate such as EURUSD: 1.078')];
    return [rateOf(from, to, value, at, reader)];
  });
  return rates.every((rate) => rate !== WRONG) ? rates : WRONG;
}

/** `EURUSD`, `EUR/USD`, or one currency alone. */
const PAIR = /^([A-Z]{3})(?:[/_:-]?([A-Z]{3}))?$/;

function rateOf(from: string, to: string, node: SourceNode, path: Path, reader: NodeReader): ExchangeRate | Wrong {
  const rate = readRate(node, path, reader);
  return rate === WRONG ? WRONG : { from, to, rate };
}

function readListedRate(node: SourceNode, path: Path, reader: NodeReader): ExchangeRate | Wrong {
  const map = reader.map(node, path);
  if (map === WRONG) return WRONG;
  if (map.entries.has('pair')) {
    const pair = reader.need(map, path, 'pair', (each, at) => readPair(each, at, reader), 'a pair such as EURUSD');
    const rate = reader.need(map, path, 'rate', (each, at) => readRate(each, at, reader), 'a rate such as 1.078');
    return pair === WRONG || rate === WRONG ? WRONG : { ...pair, rate };
  }
  const currency = (each: SourceNode, at: Path): string | Wrong => reader.currency(each, at);
  const from = reader.need(map, path, 'from', currency, 'a currency code such as EUR');
  const to = reader.need(map, path, 'to', currency, 'a currency code such as USD');
  const rate = reader.need(map, path, 'rate', (each, at) => readRate(each, at, reader), 'a rate such as 1.078');
  return from === WRONG || to === WRONG || rate === WRONG ? WRONG : { from, to, rate };
}

function readPair(node: SourceNode, path: Path, reader: NodeReader): Pick<ExchangeRate, 'from' | 'to'> | Wrong {
  const text = reader.text(node, path);
  if (text === WRONG) return WRONG;
  const [, from, to] = PAIR.exec(text) ?? [];
  return from === undefined || to === undefined
    ? reader.wrong(node, path, `must be two currencies such as EURUSD, found ${found(text)}`)
    : { from, to };
}

function readRate(node: SourceNode, path: Path, reader: NodeReader): Atoms | Wrong {
  const rate = parseAmount(numeralOf(node) ?? '');
  return typeof rate === 'bigint' && rate > 0n
    ? rate
    : reader.wrong(node, path, `must be a rate above 0 such as 1.078, found ${found(node.plain)}`);
}
