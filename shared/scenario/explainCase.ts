/**
 * Cases of a stated usage bill as text, JSON or YAML: requests, rates, the policy that is simulated, and what the vendor
 * states. A file holds one case, or a list of them under `cases`. Keys that are not known here are left alone.
 */
import type { LocatedProblem } from '../contract/importing.ts';
import { daysFromCivil, zoneOf } from '../domain/time.ts';
import {
  hourAt,
  RATE_INSTANTS,
  ROUNDING_MODES,
  ROUNDING_SCOPES,
  roundingOf,
  type BillCase,
  type BillSpan,
} from '../domain/usageBill.ts';
import { parseAt, type Finding } from './issues.ts';
import { formatPath, found, offsetOfKey, offsetOfPath } from './problems.ts';
import { instant, integer, month, name, text, timezone } from './scalars.ts';
import { readSource } from './source.ts';
import type { Plain, PlainMap } from './tree.ts';
import { z } from './zod.ts';

export type BillCasesReading =
  | { readonly ok: true; readonly cases: readonly BillCase[] }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

const MOST = 1_000_000_000_000;
const WEEK_MINUTES = 10_080;
const tokens = integer(0, MOST);
const cents = integer(-MOST, MOST);
const taxPpm = integer(0, 10_000_000);

const rateSchema = z.object({ effective: instant, input: tokens, cached: tokens.optional(), output: tokens });

const eventSchema = z
  .object({ id: name, at: instant, input: tokens, cached: tokens.optional(), output: tokens })
  .superRefine(({ input, cached = 0 }, context) => {
    if (cached > input)
      context.addIssue({
        code: 'custom',
        path: ['cached'],
        message: `is above input, which is ${input}; input counts cached tokens too`,
      });
  });

const rounding = text.transform((value, context) => {
  const read = roundingOf(value);
  if (read !== null) return read;
  const scopes = ROUNDING_SCOPES.map((scope) => `${scope}_`).join(', ');
  context.addIssue({
    code: 'custom',
    message: `must begin with one of ${scopes} and end with one of ${ROUNDING_MODES.join(', ')}; found ${found(value)}`,
  });
  return z.NEVER;
});

const missingHour = text.transform((value, context) => {
  const read = hourAt(value);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: `must be an hour in UTC such as 2026-10-31T23, found ${found(value)}` });
  return z.NEVER;
});

const policySchema = z.object({
  tz: timezone.default('UTC'),
  dedupe: z.enum(['by_id', 'none']).default('by_id'),
  rounding: rounding.default({ scope: 'total', mode: 'half_up' }),
  rate_at: z.enum(RATE_INSTANTS).default('event_time'),
  posting_delay_min: integer(0, WEEK_MINUTES).default(0),
  missing_hour: z
    .union([z.null(), missingHour], { error: 'null, or an hour in UTC such as 2026-10-31T23' })
    .default(null),
  tax_ppm: taxPpm.default(0),
});

const dayText = text.superRefine((value, context) => {
  const { year, month: ofYear, day } = spanOf(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || daysFromCivil(year, ofYear, day ?? 0) === null)
    context.addIssue({ code: 'custom', message: `must be a day such as 2026-10-31, found ${found(value)}` });
});

const otherSchema = z.union(
  [z.object({ period: month, observed: cents }), z.object({ day: dayText, observed: cents })],
  { error: 'a bill of a period or of a day: {period: 2026-11, observed: 512} or {day: 2026-10-31, observed: 25}' },
);

const caseSchema = z.object({
  period: month,
  rates: z.array(rateSchema),
  events: z.array(eventSchema),
  policy: policySchema.prefault({}),
  observed: cents,
  tax_ppm_candidates: z.array(taxPpm).default([]),
  others: z.array(otherSchema).default([]),
});

/**
 * Reads the cases of a file. Never throws: whatever is wrong is listed, sorted by position.
 * @param file the name that problems carry.
 */
export function readBillCases(source: string, file: string): BillCasesReading {
  const read = readSource(source);
  const { root } = read;
  const problems = read.problems.map(({ offset, message }) => ({ offset, field: null as string | null, message }));
  const report = ({ path, atKey, message }: Finding): void => {
    const offset = root === null ? 0 : atKey ? offsetOfKey(root, path) : offsetOfPath(root, path);
    problems.push({ offset, field: formatPath(path), message });
  };
  const cases = root === null ? [] : casesOf(root.plain, report);
  if (problems.length === 0) return { ok: true, cases };
  const sorted = problems.sort((one, other) => one.offset - other.offset);
  return {
    ok: false,
    problems: sorted.map(({ offset, field, message }) => ({ file, ...read.positionOf(offset), field, message })),
  };
}

function casesOf(plain: Plain, report: (finding: Finding) => void): BillCase[] {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    report({
      path: [],
      atKey: false,
      message: `a case must be a map with period, rates, events and observed, found ${found(plain)}`,
    });
    return [];
  }
  const map = plain as PlainMap;
  const list = map['cases'];
  if (list === undefined) return caseAt(map, [], report);
  if (Array.isArray(list))
    return (list as readonly Plain[]).flatMap((each, index) => caseAt(each, ['cases', index], report));
  report({ path: ['cases'], atKey: false, message: `cases must be a list, found ${found(list)}` });
  return [];
}

function caseAt(plain: Plain, path: readonly (string | number)[], report: (finding: Finding) => void): BillCase[] {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    report({ path, atKey: false, message: `a case must be a map, found ${found(plain)}` });
    return [];
  }
  const read = parseAt(caseSchema, plain, path, report);
  if (read === undefined) return [];
  const tz = zoneOf(read.policy.tz);
  if (tz === null) return [];
  const priced = (at: number): boolean => read.rates.some(({ effective }) => effective <= at);
  for (const [index, { id, at }] of read.events.entries())
    if (!priced(at))
      report({
        path: [...path, 'events', index],
        atKey: false,
        message: `no rate is in force at request ${id}; add one to rates`,
      });
  return [
    {
      span: spanOf(read.period),
      rates: read.rates.map(({ effective, input, cached = input, output }) => ({
        effective,
        input: BigInt(input),
        cached: BigInt(cached),
        output: BigInt(output),
      })),
      events: read.events.map(({ id, at, input, cached = 0, output }) => ({
        ...{ id, at },
        input: BigInt(input),
        cached: BigInt(cached),
        output: BigInt(output),
      })),
      policy: { ...read.policy, tz },
      observed: BigInt(read.observed),
      taxes: read.tax_ppm_candidates,
      others: read.others.map((other) => ({
        span: spanOf('period' in other ? other.period : other.day),
        observed: BigInt(other.observed),
      })),
    },
  ];
}

/** Of `2026-10` or `2026-10-31`. */
function spanOf(value: string): BillSpan {
  const [year = 0, ofYear = 0, day] = value.split('-').map(Number);
  return { year, month: ofYear, day: day ?? null };
}
