/** A scenario as YAML that reads back to the same scenario. */
import { ATOMS_PER_UNIT, formatAtoms } from '../domain/money.ts';
import { DEFAULT_POLICY, type Policy, type PolicyPatch } from '../domain/policy.ts';
import type {
  Account,
  Expectation,
  GeneratedUsage,
  RateEntry,
  Rates,
  Scenario,
  ScenarioEvent,
  UsageSource,
} from '../domain/scenario.ts';
import { formatInstant, type Duration, type Instant } from '../domain/time.ts';
import { RATE_UNITS } from './scalars.ts';
import { isPlainText } from './yaml.ts';

/** A map's entries in order, values already written; those without a value are left out. */
type Entries = readonly (readonly [key: string, value: string | undefined])[];

/**
 * Writes a scenario: one line an event, amounts exact, policy values only where they are not the default.
 * @throws Error for what no scenario file can say: a generator's rate whose unit is not s, min, h or d.
 */
export function writeScenario(scenario: Scenario): string {
  const lines = ['drawdown: 1'];
  if (scenario.title !== '') lines.push(`title: ${textOf(scenario.title)}`);
  const account = accountEntries(scenario.account);
  if (account.some(([, value]) => value !== undefined)) lines.push(`account: ${flowMap(account)}`);
  const policy = Object.entries(changedFrom(DEFAULT_POLICY, scenario.policy));
  if (policy.length > 0) lines.push('policy:', ...policy.map(([key, value]) => `  ${key}: ${valueOf(value)}`));
  if (scenario.rates.size > 0) lines.push('rates:', ...rateLines(scenario.rates));
  const list = (key: string, items: readonly string[]): void => {
    if (items.length > 0) lines.push(`${key}:`, ...items.map((item) => `  - ${item}`));
  };
  list(
    'declines',
    scenario.declines.map(({ from, to }) =>
      flowMap([
        ['from', instantOf(from)],
        ['to', instantOf(to)],
      ]),
    ),
  );
  list('usage', scenario.usage.map(usageSource));
  list('events', scenario.events.map(event));
  if (scenario.until !== null) lines.push(`until: ${instantOf(scenario.until)}`);
  list('expect', scenario.expect.map(expectation));
  return lines.join('\n') + '\n';
}

function accountEntries(account: Account): Entries {
  return [
    ['id', unless(account.id, 'account')],
    ['currency', unless(account.currency, 'USD')],
    ['timezone', unless(account.timezone, 'UTC')],
    ['plan', unless(account.plan, 'prepaid')],
    ['opened', account.opened === null ? undefined : instantOf(account.opened)],
  ];
}

/** The values of a policy that differ from another's; group by group. */
function changedFrom(base: Policy, policy: Policy): PolicyPatch {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(policy) as [keyof Policy, Policy[keyof Policy]][]) {
    const before: unknown = base[key];
    if (!isGroup(value) || !isGroup(before)) {
      if (valueOf(value) !== valueOf(before)) patch[key] = value;
      continue;
    }
    const changed = Object.entries(value).filter(([name, inner]) => valueOf(inner) !== valueOf(before[name]));
    if (changed.length > 0) patch[key] = Object.fromEntries(changed);
  }
  return patch;
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function rateLines(rates: Rates): string[] {
  return [...rates].flatMap(([sku, entries]) =>
    entries.length === 0
      ? [`  ${textOf(sku)}: []`]
      : [`  ${textOf(sku)}:`, ...entries.map((entry) => `    - ${rateEntry(entry)}`)],
  );
}

function rateEntry({ from, per, prices }: RateEntry): string {
  return flowMap([
    ['from', instantOf(from)],
    ['per', per === ATOMS_PER_UNIT ? undefined : formatAtoms(per)],
    ...amounts(prices),
  ]);
}

function usageSource(source: UsageSource): string {
  if (source.kind === 'file')
    return flowMap([
      ['file', textOf(source.file)],
      ['format', unless(source.format, 'auto')],
    ]);
  return flowMap([['generate', generator(source.generate)]]);
}

function generator({ from, to, seed, rate, cost, shape, skus }: GeneratedUsage): string {
  return flowMap([
    ['from', instantOf(from)],
    ['to', instantOf(to)],
    ['seed', String(seed)],
    ['rate', rateOf(rate)],
    ['cost', generatedCost(cost)],
    ['shape', unless(shape, 'flat')],
    ['sku', generatedSkus(skus)],
  ]);
}

function rateOf({ rows, perMs }: GeneratedUsage['rate']): string {
  const unit = Object.entries(RATE_UNITS).find(([, ms]) => ms === perMs)?.[0];
  if (unit === undefined) throw new Error(`a rate is written per s, min, h or d; ${perMs} ms is none of them`);
  return `${ratioOf(rows)}/${unit}`;
}

function generatedCost(cost: GeneratedUsage['cost']): string {
  switch (cost.kind) {
    case 'fixed':
      return formatAtoms(cost.value);
    case 'uniform':
      return flowMap([
        [
          'uniform',
          flowMap([
            ['min', formatAtoms(cost.min)],
            ['max', formatAtoms(cost.max)],
          ]),
        ],
      ]);
    case 'lognormal':
      return flowMap([
        [
          'lognormal',
          flowMap([
            ['median', formatAtoms(cost.median)],
            ['sigma', ratioOf(cost.sigma)],
          ]),
        ],
      ]);
  }
}

function generatedSkus(skus: GeneratedUsage['skus']): string | undefined {
  const [only] = skus;
  if (skus.length === 1 && only?.weight === 1) return unless(only.sku, 'usage');
  return flowMap(skus.map(({ sku, weight }) => [sku, ratioOf(weight)] as const));
}

function event(one: ScenarioEvent): string {
  const head: Entries = [
    ['at', instantOf(one.at)],
    ['type', one.type],
    ['id', one.id === null ? undefined : textOf(one.id)],
  ];
  return flowMap([...head, ...eventEntries(one)]);
}

function eventEntries(one: ScenarioEvent): Entries {
  switch (one.type) {
    case 'usage':
      return [
        ['sku', unless(one.sku, 'usage')],
        ['cost', one.cost === null ? undefined : formatAtoms(one.cost)],
        ...amounts(one.meters),
      ];
    case 'purchase':
      return [
        ['amount', formatAtoms(one.amount)],
        ['payment', unless(one.payment, 'ok')],
      ];
    case 'grant':
      return [
        ['amount', formatAtoms(one.amount)],
        ['expires_at', one.expires_at === null ? undefined : instantOf(one.expires_at)],
        ['expire_after', one.expire_after === null ? undefined : valueOf(one.expire_after)],
        ['priority', one.priority === 0 ? undefined : String(one.priority)],
      ];
    case 'adjustment':
      return [['amount', formatAtoms(one.amount)]];
    case 'refund':
      return [['lot', textOf(one.lot)]];
    case 'auto_recharge':
      return Object.entries(one.set).map(([key, value]) => [key, valueOf(value)] as const);
    case 'policy':
      return [['set', valueOf(one.set)]];
    case 'plan':
      return one.action === 'cancel'
        ? [['action', 'cancel']]
        : [
            ['action', 'start'],
            ['plan', one.plan],
          ];
  }
}

function expectation(one: Expectation): string {
  switch (one.kind) {
    case 'at':
      return flowMap([
        ['at', instantOf(one.at)],
        ['balance', one.balance === undefined ? undefined : formatAtoms(one.balance)],
        ['debt', one.debt === undefined ? undefined : formatAtoms(one.debt)],
        ['access', one.access],
        ['plan', one.plan],
        ['tier', one.tier === undefined ? undefined : valueOf(one.tier)],
        ['lots', one.lots === undefined ? undefined : flowMap(amounts(one.lots))],
      ]);
    case 'invoice':
      return flowMap([
        ['invoice', one.period],
        ['from', one.from === null ? undefined : instantOf(one.from)],
        ...amounts(one.figures),
        ['lines', one.lines === undefined ? undefined : flowMap(amounts(one.lines))],
      ]);
    case 'event':
      return flowMap([
        ['event', textOf(one.event)],
        ['status', one.status],
        ['reason', one.reason ?? undefined],
      ]);
    case 'count':
      return flowMap([
        ['count', one.count],
        ['equals', String(one.equals)],
      ]);
  }
}

function amounts(map: Readonly<Record<string, bigint>>): Entries {
  return Object.entries(map).map(([key, value]) => [key, formatAtoms(value)] as const);
}

function flowMap(entries: Entries): string {
  const written = entries
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${textOf(key)}: ${value ?? ''}`);
  return `{${written.join(', ')}}`;
}

/** A policy value, or a map or list of such. */
function valueOf(value: unknown): string {
  if (typeof value === 'bigint') return formatAtoms(value);
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return `[${value.map(valueOf).join(', ')}]`;
  // null, truths and whole numbers
  if (typeof value !== 'object' || value === null) return String(value);
  if (isDuration(value)) return textOf(value.text);
  return flowMap(Object.entries(value).map(([key, inner]) => [key, valueOf(inner)] as const));
}

function isDuration(value: object): value is Duration {
  return 'text' in value && 'months' in value && 'ms' in value;
}

function unless(value: string, standard: string): string | undefined {
  return value === standard ? undefined : textOf(value);
}

/** ISO 8601 in UTC; milliseconds only where there are any. */
function instantOf(instant: Instant): string {
  return formatInstant(instant).replace('.000Z', 'Z');
}

/** A number with at most six digits after the point, never in exponential form. */
function ratioOf(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}

const PLAIN = /^[A-Za-z][\w./-]*(?: [\w./-]+)*$/;
/** What JSON leaves as it is, and YAML or an editor does not: controls, line separators, byte-order marks. */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/** Text as YAML: plain where that is safe everywhere, else in double quotes. */
export function textOf(text: string): string {
  if (PLAIN.test(text) && isPlainText(text)) return text;
  return JSON.stringify(text).replace(ESCAPED, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
