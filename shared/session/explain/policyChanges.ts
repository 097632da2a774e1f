/** What may be otherwise in an account's policy: values that What-if can set, and the clauses that say them. */
import { showControl, type ControlForm } from '../../domain/controlText.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { POLICY_CONTROLS, policyValue } from '../../domain/policyControls.ts';
import type { Change } from '../../reconcile/explain/model.ts';
import { VENDOR_ZONES, zoneClause } from '../../reconcile/explain/zones.ts';
import type { Account } from '../account.ts';
import { priorityPath, ZONE_PATH } from '../whatIf/paths.ts';

/** Of a rule, and of an amount that may be any. */
const [RULE, ANY_AMOUNT] = [2, 3];

const DELAYS = ['0 s', '1 min', '2 min', '5 min', '10 min', '15 min', '30 min', '1 h'];
const TAX_RATES = ['0 %', '5 %', '7 %', '8.1 %', '8.875 %', '10 %', '19 %', '20 %', '21 %', '25 %'];
/** Grants beyond these are left where they are in the burn order. */
const MOST_GRANTS = 12;

/** Value texts by path, likeliest first. Values that are in force are left out, and those that change nothing fall out. */
const VALUES: Readonly<Record<string, readonly [prior: number, values: readonly string[]]>> = {
  'purchase.posting_delay': [RULE, [...DELAYS, '1 d', '2 d']],
  'cutoff.delay': [RULE, [...DELAYS, '20 min', '45 min', '2 h', '4 h', '12 h', '1 d']],
  'cutoff.restore_delay': [RULE, DELAYS],
  'auto_recharge.trigger': [RULE, ['below', 'at_or_below']],
  'auto_recharge.in_flight': [RULE, ['one', 'many']],
  'auto_recharge.count_pending': [RULE, ['on', 'off']],
  'auto_recharge.cooldown': [RULE, [...DELAYS, '1 d']],
  'auto_recharge.monthly_limit': [RULE, ['no limit']],
  'credits.expiry': [RULE, ['anniversary', 'start_of_day', 'end_of_day', 'end_of_month']],
  'credits.expire_after': [RULE, ['1 y', '365 d', '6 mo', '180 d', '90 d', '60 d', '30 d', '2 y', 'never']],
  'credits.refundable': [RULE, ['on', 'off']],
  'purchase.tax_rate': [RULE, TAX_RATES],
  'invoice.tax_rate': [RULE, TAX_RATES],
  'invoice.rounding': [RULE, ['half_even', 'half_up']],
  exhausted: [RULE, ['cut_off', 'bill_excess']],
  tier_change: [RULE, ['automatic', 'at_purchase']],
  'purchase.maximum_of': [RULE, ['purchase', 'balance']],
  'cutoff.floor': [ANY_AMOUNT, ['0', '-1', '-5', '-10', '-20', '-50', '-100']],
  'auto_recharge.threshold': [ANY_AMOUNT, ['0', '1', '2', '5', '10', '20', '25', '50', '100']],
};

export function policyChanges(account: Account): Change[] {
  const { currency } = account.parsed.account;
  const byPath = new Map(POLICY_CONTROLS.map((control) => [control.path, control]));
  const changes = Object.entries({ ...VALUES, ...amountValues(account) }).flatMap(([path, [prior, values]]) => {
    const control = byPath.get(path);
    if (control === undefined) return [];
    const saved = showControl(control.form, policyValue(account.parsed.policy, path), currency);
    return values
      .filter((value) => value !== saved && shownAs(control.form, value) !== shownAs(control.form, saved))
      .map((value): Change => {
        const clause = clauseOf(path, control.label, shownAs(control.form, value));
        return { parameter: path, value, family: 'policy', prior, clause };
      });
  });
  return [...zoneChanges(account), ...changes, ...priorityChanges(account)];
}

function zoneChanges({ parsed }: Account): Change[] {
  return VENDOR_ZONES.filter((zone) => zone !== parsed.account.timezone).map((zone) => zoneChange(zone));
}

export function zoneChange(zone: string): Change {
  return { parameter: ZONE_PATH, value: zone, family: 'policy', prior: 1, clause: zoneClause(zone) };
}

/** Recharge by an amount, or to a target: each value as the other, and with the threshold between. */
function amountValues({ parsed }: Account): Record<string, readonly [number, readonly string[]]> {
  const { amount, top_up_to, threshold } = parsed.policy.auto_recharge;
  const texts = (values: readonly Atoms[]): string[] =>
    [...new Set(values.filter((value) => value > 0n))].map((value) => padded(formatAtoms(value)));
  if (amount !== null) {
    const targets = [amount, ...(threshold === null ? [] : [amount + threshold])];
    return { 'auto_recharge.top_up_to': [RULE, texts(targets.filter((value) => value >= (threshold ?? 0n)))] };
  }
  if (top_up_to !== null) return { 'auto_recharge.amount': [RULE, texts([top_up_to, top_up_to - (threshold ?? 0n)])] };
  return {};
}

/** As controls show amounts of a currency with two digits; another form reads back to the same. */
function padded(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** Grants before or after bought credits. */
function priorityChanges({ parsed }: Account): Change[] {
  const grants = parsed.events.flatMap((event, index) => (event.type === 'grant' ? [{ event, index }] : []));
  return grants.slice(0, MOST_GRANTS).flatMap(({ event, index }) =>
    [-1, 0, 1]
      .filter((priority) => priority !== event.priority)
      .map((priority): Change => {
        const name = event.id ?? `of ${formatAtoms(event.amount)}`;
        const place =
          priority < 0 ? 'before bought credits' : priority > 0 ? 'after bought credits' : 'as bought credits are';
        return {
          ...{ parameter: priorityPath(index), value: String(priority), family: 'policy', prior: RULE },
          clause: `grant ${name} is drawn ${place}`,
        };
      }),
  );
}

function shownAs(form: ControlForm, value: string): string {
  if (form.kind !== 'choice') return value;
  return form.choices.find((choice) => choice.value === value)?.label ?? value;
}

const CLAUSES: Readonly<Record<string, (value: string) => string>> = {
  'purchase.posting_delay': (value) =>
    value === '0 s' ? 'credits post at once' : `credits post ${value} after payment`,
  'cutoff.delay': (value) =>
    value === '0 s' ? 'access closes at once' : `access closes ${value} after credits are exhausted`,
  'cutoff.floor': (value) => `access closes at a balance of ${value}`,
  'auto_recharge.trigger': (value) => `auto-recharge fires ${value} the threshold`,
  'auto_recharge.top_up_to': (value) => `a recharge adds as much as brings the balance to ${value}`,
  'auto_recharge.amount': (value) => `each recharge adds ${value}`,
  'auto_recharge.threshold': (value) => `auto-recharge fires at a threshold of ${value}`,
  'credits.expire_after': (value) => (value === 'never' ? 'credits never expire' : `credits expire after ${value}`),
  'credits.expiry': (value) => `expiry falls on the ${value}`,
  'purchase.tax_rate': (value) => (value === '0 %' ? 'purchases are without tax' : `purchases are taxed at ${value}`),
  'invoice.tax_rate': (value) => (value === '0 %' ? 'invoices are without tax' : `invoices are taxed at ${value}`),
  exhausted: (value) =>
    value === 'cut off' ? 'exhausted credits cut access off' : 'what credits do not cover is billed',
};

export function clauseOf(path: string, label: string, value: string): string {
  return CLAUSES[path]?.(value) ?? `${label.charAt(0).toLowerCase()}${label.slice(1)} is ${value}`;
}

/** Values beside a change's on its scale. */
export function nearbyPolicy({ parameter, value, prior }: Change): Change[] {
  const control = POLICY_CONTROLS.find(({ path }) => path === parameter);
  if (control === undefined || typeof value !== 'string') return [];
  return besides(control.form, value).map((text) => {
    const clause = clauseOf(parameter, control.label, text);
    return { parameter, value: text, family: 'policy', prior, clause };
  });
}

function besides(form: ControlForm, value: string): string[] {
  const number = /^(-?\d+)(?:\.00)?(?: (s|min|h|d|mo|y))?$/.exec(value);
  if (number === null) return [];
  const [, digits = '0', unit] = number;
  const count = Number(digits);
  if (form.kind === 'amount') return [`${count - 1}`, `${count + 1}`];
  if (form.kind !== 'duration') return [];
  if (unit === 's') return ['1 s', '30 s'];
  if (unit === 'mo' || unit === 'y') {
    const days = unit === 'y' ? 365 * count : 30 * count;
    return [`${days - 1} d`, `${days + 2} d`];
  }
  if (unit === 'd')
    return [`${count * 24 - 1} h`, `${count * 24 + 1} h`].concat(count > 2 ? [`${count - 1} d`, `${count + 1} d`] : []);
  const minutes = unit === 'h' ? 60 * count : count;
  return [minutes > 1 ? `${minutes - 1} min` : '30 s', `${minutes + 1} min`];
}
