/**
 * Price lists as text, YAML or JSON: what users edit, import and export. `rates` is that of a scenario, so a scenario's
 * own rates can be read as a list too.
 */
import type { LocatedProblem } from '../contract/importing.ts';
import type { PriceList } from '../domain/priceList.ts';
import { daysFromCivil } from '../domain/time.ts';
import { byName, closed } from './closed.ts';
import { parseAt, type Finding } from './issues.ts';
import { formatPath, found, offsetOfKey, offsetOfPath } from './problems.ts';
import { currency, formatVersion, integer, name, text } from './scalars.ts';
import { readSource } from './source.ts';
import type { Plain, PlainMap } from './tree.ts';
import { ratesSchema } from './usageSchema.ts';
import { rateLines, textOf } from './write.ts';
import { z } from './zod.ts';

export type PriceListReading =
  | { readonly ok: true; readonly list: PriceList }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

const date = text.superRefine((value, context) => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (year === undefined || daysFromCivil(Number(year), Number(month), Number(day)) === null)
    context.addIssue({ code: 'custom', message: `must be a date such as 2026-09-22, found ${found(value)}` });
});

/** Keys that name no mark would never be found. */
const factorsSchema = ratesSchema.superRefine((factors, context) => {
  for (const key of factors.keys()) {
    if (/^[^,]+, [^,]+$/.test(key)) continue;
    const message = `: a factor is named by models and a mark such as gpt-*, batch`;
    context.addIssue({ code: 'custom', path: [key], message });
  }
});

const LIST = {
  rates: ratesSchema,
  currency: currency.optional(),
};

const listSchema = closed({
  ...LIST,
  price_list: formatVersion.optional(),
  name: name.optional(),
  as_of: date.optional(),
  source: text.optional(),
  factors: factorsSchema.optional(),
  long_context: byName(integer(1, 1_000_000_000)).optional(),
});

/** A scenario may be read for its rates, whatever else it holds. */
const scenarioSchema = z.object({
  rates: ratesSchema,
  title: text.optional(),
  account: z.object({ currency: currency.optional() }).optional(),
});

/**
 * Reads a price list. Never throws: whatever is wrong is listed, sorted by position.
 * @param file the name that problems carry, and that of a list that states none.
 */
export function readPriceList(source: string, file: string): PriceListReading {
  const read = readSource(source);
  const { root, problems: broken } = read;
  const problems = broken.map(({ offset, message }) => ({ offset, field: null as string | null, message }));
  const report = ({ path, atKey, message }: Finding): void => {
    const offset = root === null ? 0 : atKey ? offsetOfKey(root, path) : offsetOfPath(root, path);
    problems.push({ offset, field: formatPath(path), message });
  };
  const list = root === null ? undefined : readList(root.plain, file, report);
  if (list !== undefined && problems.length === 0) return { ok: true, list };
  const sorted = problems.sort((one, other) => one.offset - other.offset);
  return {
    ok: false,
    problems: sorted.map(({ offset, field, message }) => ({ file, ...read.positionOf(offset), field, message })),
  };
}

function readList(plain: Plain, file: string, report: (finding: Finding) => void): PriceList | undefined {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    const message = `a price list must be a map with rates, found ${found(plain)}`;
    report({ path: [], atKey: false, message });
    return undefined;
  }
  const map = plain as PlainMap;
  if (map['drawdown'] !== undefined) {
    const read = parseAt(scenarioSchema, map, [], report);
    if (read === undefined) return undefined;
    const { title = '', account } = read;
    return { ...EMPTY, name: title || file, currency: account?.currency ?? 'USD', rates: read.rates };
  }
  const read = parseAt(listSchema, map, [], report);
  if (read === undefined) return undefined;
  return {
    name: read.name ?? file,
    asOf: read.as_of ?? null,
    currency: read.currency ?? 'USD',
    source: read.source ?? '',
    rates: read.rates,
    factors: read.factors ?? EMPTY.factors,
    longContext: read.long_context === undefined ? EMPTY.longContext : new Map(Object.entries(read.long_context)),
  };
}

const EMPTY: Pick<PriceList, 'asOf' | 'source' | 'factors' | 'longContext'> = {
  asOf: null,
  source: '',
  factors: new Map(),
  longContext: new Map(),
};

/** A price list as YAML that reads back to the same list. */
export function writePriceList({ name, asOf, currency, source, rates, factors, longContext }: PriceList): string {
  const lines = ['price_list: 1', `name: ${textOf(name)}`];
  if (asOf !== null) lines.push(`as_of: ${asOf}`);
  lines.push(`currency: ${currency}`);
  if (source !== '') lines.push(`source: ${textOf(source)}`);
  lines.push(...section('rates', rates.size > 0 ? rateLines(rates) : null));
  if (factors.size > 0) lines.push(...section('factors', rateLines(factors)));
  if (longContext.size > 0)
    lines.push(
      ...section(
        'long_context',
        [...longContext].map(([models, above]) => `  ${textOf(models)}: ${above}`),
      ),
    );
  return lines.join('\n') + '\n';
}

function section(key: string, lines: readonly string[] | null): string[] {
  return lines === null ? [`${key}: {}`] : [`${key}:`, ...lines];
}
