/** What may be different in a usage bill: every value of its policy, and the clause that says it. */
import { formatInstant, zoneOf, type Instant } from '../../../domain/time.ts';
import {
  hourAt,
  RATE_INSTANTS,
  ROUNDING_MODES,
  ROUNDING_SCOPES,
  roundingOf,
  type BillEvent,
  type BillPolicy,
  type RoundingMode,
  type RoundingScope,
} from '../../../domain/usageBill.ts';
import type { Change, ChangeValue } from '../model.ts';
import { VENDOR_ZONES, zoneClause } from '../zones.ts';
import { hourOf } from './bill.ts';

export type BillParameter = keyof BillPolicy;

/** Minutes to a day after which usage is posted. */
const POSTING_DELAYS = [0, 5, 10, 15, 30, 60, 120, 360, 720, 1440] as const;

/** Tried where no rate is given. */
const COMMON_TAXES = [70_000, 88_750, 190_000] as const;

const RULE = 2;

/**
 * All single changes of a policy, likeliest first: of equal priors those come first that only data of a special kind can
 * make matter, such as repeated ids.
 * @param taxes rates in millionths that the documents suggest; empty: common ones, which are less likely
 */
export function billChanges(policy: BillPolicy, events: readonly BillEvent[], taxes: readonly number[]): Change[] {
  const grid: readonly (readonly [BillParameter, number, readonly ChangeValue[]])[] = [
    ['tz', 1, VENDOR_ZONES],
    ['dedupe', RULE, ['by_id', 'none']],
    ['rate_at', RULE, RATE_INSTANTS],
    ['tax_ppm', taxes.length > 0 ? RULE : 4, [0, ...(taxes.length > 0 ? taxes : COMMON_TAXES)]],
    ['rounding', RULE, ROUNDING_SCOPES.flatMap((scope) => ROUNDING_MODES.map((mode) => `${scope}_${mode}`))],
    ['posting_delay_min', RULE, POSTING_DELAYS],
    ['missing_hour', 3, [null, ...hoursOf(events)]],
  ];
  return grid.flatMap(([parameter, prior, values]) =>
    values
      .filter((value) => value !== shown(policy, parameter))
      .map((value): Change => {
        const family = parameter === 'missing_hour' ? 'data' : 'policy';
        return { parameter, value, family, prior, clause: clauseOf(parameter, value) };
      }),
  );
}

function hoursOf(events: readonly BillEvent[]): string[] {
  return [...new Set(events.map(({ at }) => hourOf(at)))].sort((a, b) => a - b).map(hourText);
}

/** `2026-10-31T23` */
function hourText(hour: Instant): string {
  return formatInstant(hour).slice(0, 13);
}

/** A policy's value as cases spell it. */
function shown(policy: BillPolicy, parameter: BillParameter): ChangeValue {
  const { tz, rounding, missing_hour } = policy;
  if (parameter === 'tz') return tz.name;
  if (parameter === 'rounding') return `${rounding.scope}_${rounding.mode}`;
  if (parameter === 'missing_hour') return missing_hour === null ? null : hourText(missing_hour);
  return policy[parameter];
}

/** The policy with a value as cases spell it; null where it has no such value. */
export function withBillValue(policy: BillPolicy, parameter: string, value: ChangeValue): BillPolicy | null {
  switch (parameter as BillParameter) {
    case 'tz': {
      const tz = zoneOf(String(value));
      return tz === null ? null : { ...policy, tz };
    }
    case 'dedupe':
      return value === 'by_id' || value === 'none' ? { ...policy, dedupe: value } : null;
    case 'rounding': {
      const rounding = roundingOf(String(value));
      return rounding === null ? null : { ...policy, rounding };
    }
    case 'rate_at': {
      const rate_at = RATE_INSTANTS.find((one) => one === value);
      return rate_at === undefined ? null : { ...policy, rate_at };
    }
    case 'posting_delay_min':
      return typeof value === 'number' && value >= 0 ? { ...policy, posting_delay_min: value } : null;
    case 'missing_hour': {
      if (value === null) return { ...policy, missing_hour: null };
      const hour = hourAt(String(value));
      return hour === null ? null : { ...policy, missing_hour: hour };
    }
    case 'tax_ppm':
      return typeof value === 'number' && value >= 0 ? { ...policy, tax_ppm: value } : null;
  }
  return null;
}

function clauseOf(parameter: BillParameter, value: ChangeValue): string {
  switch (parameter) {
    case 'tz':
      return zoneClause(String(value));
    case 'dedupe':
      return value === 'none' ? 'repeated request ids are billed each time' : 'repeated request ids are billed once';
    case 'rate_at':
      return `prices are those in force ${RATE_WORDS[value as BillPolicy['rate_at']]}`;
    case 'tax_ppm':
      return value === 0 ? 'the bill is without tax' : `tax of ${percentText(Number(value))} % is on the bill`;
    case 'rounding':
      return roundingClause(String(value));
    case 'posting_delay_min':
      return value === 0 ? 'usage is posted at once' : `usage is posted ${Number(value)} minutes after the request`;
    case 'missing_hour':
      return value === null ? 'no hour is missing' : `the hour from ${String(value)}:00 UTC is not on the bill`;
  }
}

const RATE_WORDS: Readonly<Record<BillPolicy['rate_at'], string>> = {
  event_time: 'at the request',
  day_start: "at the start of the request's day",
  period_start: 'at the start of the month',
  invoice_date: 'on the day of the invoice',
};

const SCOPE_WORDS: Readonly<Record<RoundingScope, string>> = {
  total: 'the total alone',
  per_event: 'each request',
  per_line: 'each line of input, cached and output tokens',
  per_day: 'each day',
};

const MODE_WORDS: Readonly<Record<RoundingMode, string>> = {
  half_up: 'half up to the cent',
  half_even: 'half to the even cent',
  floor: 'down to the cent',
  ceil: 'up to the cent',
};

function roundingClause(value: string): string {
  const rounding = roundingOf(value);
  return rounding === null ? value : `${SCOPE_WORDS[rounding.scope]} is rounded ${MODE_WORDS[rounding.mode]}`;
}

/** 88750 millionths as `8.875`. */
function percentText(ppm: number): string {
  const digits = String(ppm).padStart(5, '0');
  const fraction = digits.slice(-4).replace(/0+$/, '');
  return digits.slice(0, -4) + (fraction === '' ? '' : `.${fraction}`);
}
