/** What reconciliations state that a run can be asked for: the totals of a search, and its target among them. */
import type { ExplainTarget } from '../../contract/explain.ts';
import type { Reconciliation, ReconGroup, ReconItem, ReconMonth, UsageLine } from '../../contract/reconcile.ts';
import { formatAtoms, parseAmount, type Atoms } from '../../domain/money.ts';
import { formatInstant } from '../../domain/time.ts';
import type { Change } from '../../reconcile/explain/model.ts';
import { arithmeticTells, type TellInput } from '../../reconcile/explain/tells.ts';
import { monthInWords } from '../reconcile/words.ts';
import type { StatedTotal } from './accountModel.ts';
import { aloneTells, bankTells } from './aloneTells.ts';
import type { Measure } from './measures.ts';

export interface Question {
  readonly target: StatedTotal;
  readonly others: readonly StatedTotal[];
  readonly tells: readonly Change[];
}

/** Rates that a difference is compared with, in millionths. */
const RATES = [
  ...[50_000, 70_000, 81_000, 88_750, 100_000, 190_000, 200_000, 210_000].map((ppm) => ({ ppm, what: 'tax' })),
  ...[15_000, 16_000, 20_000, 22_000, 25_000, 29_000, 30_000].map((ppm) => ({ ppm, what: 'a card fee' })),
].map(({ ppm, what }) => ({ label: `${what} of ${ppm / 10_000} %`, ppm: BigInt(ppm) }));

/**
 * @param all of every month that is known, the target's among them
 * @param repeated what rows cost that were left out because earlier files have them, by file
 * @throws RangeError where the target is no longer there, or nothing differs in it
 */
export function questionOf(
  target: ExplainTarget,
  all: readonly Reconciliation[],
  repeated: TellInput['items'] = [],
): Question {
  const month = all.find(({ period }) => period.period === target.period);
  if (month === undefined) throw new RangeError(`nothing is known of ${target.period}`);
  const totals = all.flatMap(totalsOf);
  const asked = targetOf(target, month, totals);
  const alone = aloneOf(target, month, all);
  // what stands alone has its own amount anyhow
  const items = alone.length > 0 ? [] : asked.items;
  return {
    target: asked.total,
    others: totals.filter(({ id }) => id !== asked.total.id),
    tells: [...alone, ...tellsOf({ ...asked, items, repeated: target.kind === 'usage' ? repeated : [] }, month)],
  };
}

function aloneOf(target: ExplainTarget, month: Reconciliation, all: readonly Reconciliation[]): readonly Change[] {
  const group = target.kind === 'group' ? month.groups.find(({ id }) => id === target.group) : undefined;
  if (group === undefined) return [];
  return group.links.length > 0 ? bankTells(group, month.minorDigits) : aloneTells(group, all);
}

interface Asked extends Pick<TellInput, 'items' | 'fields' | 'gaps' | 'repeated'> {
  readonly total: StatedTotal;
  readonly simulated: string;
}

/** Everything of a month that is stated and can be asked of a run. */
function totalsOf({ period: { period }, usage, balances, bridge }: Reconciliation): StatedTotal[] {
  return [
    ...usage.flatMap((line): StatedTotal[] => {
      const measure = usageMeasure(line, period);
      if (line.stated === null || measure === null) return [];
      return [{ id: `${period} usage ${line.id}`, label: usageLabel(line, period), measure, stated: line.stated }];
    }),
    ...balances.map(({ id, at, day, stated }): StatedTotal => {
      const measure: Measure = { kind: 'balance', at, wholeDay: day, stated: atomsOf(stated) };
      return {
        id: `${period} balance ${id}`,
        label: `the balance of ${formatInstant(at).slice(0, 10)}`,
        measure,
        stated,
      };
    }),
    ...bridge.pillars.flatMap(({ side, total }): StatedTotal[] =>
      side === 'document' ? [paidTotal(period, `documents of ${period}`, total)] : [],
    ),
  ];
}

function usageMeasure({ what, id, label }: UsageLine, period: ReconMonth): Measure | null {
  const whole: Measure = { kind: 'usage', period, day: null, sku: null, exact: true };
  if (what === 'month') return whole;
  if (what === 'sku') return { ...whole, sku: label };
  // an invoice is a sum of rounded lines
  if (what === 'invoice') return label.endsWith('usage') ? { ...whole, exact: false } : { kind: 'due', period };
  const day = /\d{4}-\d{2}-(\d{2})/.exec(`${label} ${id}`)?.[1];
  return day === undefined ? null : { ...whole, day: Number(day) };
}

function usageLabel({ what, label }: UsageLine, period: ReconMonth): string {
  if (what === 'invoice') return label;
  return what === 'sku' ? `usage of ${label} in ${period}` : `usage of ${label}`;
}

function paidTotal(period: ReconMonth, label: string, stated: string): StatedTotal {
  return { id: `${period} paid`, label, measure: { kind: 'paid', period }, stated };
}

function targetOf(target: ExplainTarget, month: Reconciliation, totals: readonly StatedTotal[]): Asked {
  const { period } = target;
  if (target.kind === 'usage' || target.kind === 'balance') {
    const place = target.kind === 'usage' ? target.line : target.point;
    const total = totals.find(({ id }) => id === `${period} ${target.kind} ${place}`);
    const figure =
      target.kind === 'usage'
        ? month.usage.find(({ id }) => id === place)
        : month.balances.find(({ id }) => id === place);
    if (total === undefined || figure === undefined) throw new RangeError(`${place} is no longer there`);
    const simulated = figure.simulated ?? '0';
    // parts of usage are tried as parts of the data
    if (target.kind === 'usage') return { total, simulated, items: [], gaps: gapsOf(month, total) };
    return { total, simulated, items: itemsOf(month) };
  }
  if (target.kind === 'group') {
    const group = month.groups.find(({ id }) => id === target.group);
    if (group === undefined) throw new RangeError(`${target.group} is no longer there`);
    if (group.ignored !== null) throw new RangeError(`it is ignored (${group.ignored}) and counts in no total`);
    return ofGroup(group, month);
  }
  const step = month.bridge.steps.find(({ id }) => id === target.step);
  if (step === undefined) throw new RangeError(`${target.step} is no longer there`);
  return ofDifference(step.label, step.amount, month);
}

/** Days that are stated and of which nothing is simulated, each and, of a month's difference, all together. */
function gapsOf({ usage }: Reconciliation, { measure }: StatedTotal): TellInput['items'] {
  if (measure.kind !== 'usage' || measure.day !== null || measure.sku !== null) return [];
  const days = usage.flatMap(({ what, label, simulated, stated }) => {
    const amount = what === 'day' && stated !== null && atomsOf(simulated ?? '0') === 0n ? atomsOf(stated) : 0n;
    return amount > 0n ? [{ label, amount }] : [];
  });
  if (days.length < 2) return days;
  const amount = days.reduce((sum, day) => sum + day.amount, 0n);
  return [...days, { label: `${days.length} days from ${days[0]?.label} on`, amount }];
}

/** What one purchase was charged beside its document; of what stands alone, the sum of the month. */
function ofGroup(group: ReconGroup, month: Reconciliation): Asked {
  // what is to be decided is between paper and bank: no purchase is asked for it
  const open = group.links.find(
    ({ between, accepted, status, difference }) =>
      between === 'document_bank' && !accepted && status !== 'confirmed' && difference !== '0',
  );
  if (open !== undefined) return ofDifference(group.state, open.difference, month);
  const [simulated, ...more] = group.cells.simulated;
  const stated = group.cells.document[0] ?? group.cells.bank[0];
  const id = simulated?.record === null ? null : simulated?.id.split('/').slice(2).join('/');
  if (simulated === undefined || id == null || more.length > 0 || stated === undefined)
    return ofDifference(group.state, group.difference, month);
  return {
    total: { id: group.id, label: simulated.text, measure: { kind: 'charged', id }, stated: stated.amount },
    simulated: simulated.amount,
    items: [],
    fields: fieldsOf(simulated),
  };
}

function fieldsOf({ amount, tax }: ReconItem): TellInput['items'] {
  return tax === null ? [] : [{ label: 'amount without tax', amount: atomsOf(amount) - atomsOf(tax) }];
}

/** Whether all that was paid in the month would be so much more. */
function ofDifference(label: string, difference: string, month: Reconciliation): Asked {
  const simulated = month.bridge.pillars.find(({ side }) => side === 'simulated')?.total ?? '0';
  const stated = formatAtoms(atomsOf(simulated) + atomsOf(difference));
  return {
    total: {
      ...paidTotal(month.period.period, `what was paid in ${monthInWords(month.period.period)} (${label})`, stated),
      id: `${month.period.period} step ${label}`,
    },
    simulated,
    items: itemsOf(month),
  };
}

function itemsOf({ groups }: Reconciliation): TellInput['items'] {
  return groups.flatMap(({ cells }) => cells.simulated.map(asItem));
}

function asItem({ text, amount }: ReconItem): { readonly label: string; readonly amount: Atoms } {
  return { label: text, amount: atomsOf(amount) };
}

function tellsOf({ total, simulated, ...asked }: Asked, { minorDigits }: Reconciliation): Change[] {
  const unit = 10n ** BigInt(12 - minorDigits);
  const tells = arithmeticTells({
    stated: atomsOf(total.stated),
    simulated: atomsOf(simulated),
    ...asked,
    rates: RATES,
    unit,
  });
  return tells.map(({ kind, of, prior, sentence }): Change => ({
    ...{ parameter: `tell.${kind}`, value: of, family: 'arithmetic', prior, clause: sentence },
  }));
}

/** Figures of a reconciliation are exact amounts. */
function atomsOf(text: string): Atoms {
  const atoms = parseAmount(text);
  if (typeof atoms !== 'bigint') throw new Error(`${text} is no exact amount`);
  return atoms;
}
