/** The usage events that a scenario lists itself, as a batch like any imported one. */
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import type { UsageEvent } from '../domain/scenario.ts';
import { ABSENT, type DecimalColumn, type UsageBatch } from '../domain/usage.ts';

/** Source name of a scenario's own usage events. */
export const SCENARIO_SOURCE = 'scenario';

/** Events in time order to columns of that order. */
export function batchOfEvents(events: readonly UsageEvent[]): UsageBatch {
  const names = new Map<string, number>();
  const codes = new Uint32Array(events.length);
  const meterNames = new Set<string>();
  for (const [row, event] of events.entries()) {
    let code = names.get(event.sku);
    if (code === undefined) names.set(event.sku, (code = names.size));
    codes[row] = code;
    for (const meter of Object.keys(event.meters)) meterNames.add(meter);
  }
  return {
    source: SCENARIO_SOURCE,
    count: events.length,
    at: Float64Array.from(events, (event) => event.at),
    until: null,
    sku: { codes, names: [...names.keys()] },
    cost: decimalColumn(events.map((event) => event.cost)),
    meters: new Map(
      [...meterNames].map((meter) => [
        meter,
        decimalColumn(events.map((event) => (Object.hasOwn(event.meters, meter) ? event.meters[meter]! : null))),
      ]),
    ),
    project: null,
    key: null,
    ids: null,
    line: null,
  };
}

/** Exact values as a column; null rows are absent. */
export function decimalColumn(values: readonly (Atoms | null)[]): DecimalColumn {
  const whole = Float64Array.from(values, (value) => (value === null ? ABSENT : Number(value / ATOMS_PER_UNIT)));
  const fractional = values.some((value) => value !== null && value % ATOMS_PER_UNIT !== 0n);
  const pico = fractional
    ? Float64Array.from(values, (value) => (value === null ? 0 : Number(value % ATOMS_PER_UNIT)))
    : null;
  return { whole, pico };
}
