/** The controls of an account: the policy's, and those of what else sets its figures: clock, burn order, prices. */
import type { WhatIfControl } from '../../contract/whatIf.ts';
import { fittedSlider } from '../../domain/controlSlider.ts';
import { showControl, type ControlForm, type ControlValue } from '../../domain/controlText.ts';
import { ATOMS_PER_UNIT, formatAtoms } from '../../domain/money.ts';
import { DEFAULT_POLICY } from '../../domain/policy.ts';
import {
  patchedValue,
  POLICY_CONTROLS,
  policyValue,
  type PolicyControl,
  type SliderRange,
} from '../../domain/policyControls.ts';
import type { ControlEvent } from '../../domain/scenario.ts';
import { formatInstant } from '../../domain/time.ts';
import type { Account } from '../account.ts';
import { pricedSkus, ratesOf } from './ratesInForce.ts';
import { ZONE_PATH, pricePath, priorityPath } from './paths.ts';

/** Bound of a lot's priority, either way. */
const MOST_PRIORITY = 1_000_000_000;
export const ZONE_FORM: ControlForm = { kind: 'zone' };
export const PRIORITY_FORM: ControlForm = { kind: 'integer', low: -MOST_PRIORITY, high: MOST_PRIORITY };
export const PRICE_FORM: ControlForm = { kind: 'amount', none: null, signed: false };

const PRIORITY_SLIDER: SliderRange = { scale: 'linear', low: -10n, least: 0n, high: 10n, step: 1n };

export function controlsOf(account: Account): WhatIfControl[] {
  return [
    ...POLICY_CONTROLS.map((control) => policyControlOf(account, control)),
    zoneControl(account),
    ...priorityControls(account),
    ...priceControls(account),
  ];
}

function policyControlOf(account: Account, control: PolicyControl): WhatIfControl {
  const { path, form, slider, presets, label, group, help } = control;
  const { currency } = account.parsed.account;
  const saved = policyValue(account.parsed.policy, path);
  const standard = policyValue(DEFAULT_POLICY, path);
  const changes = changesOf(account, path);
  const show = (value: ControlValue): string => showControl(form, value, currency);
  const values = [saved, standard, ...changes.map(({ value }) => value)];
  return {
    ...{ path, label, group, help, form, presets },
    unit: form.kind === 'amount' ? currency : '',
    saved: show(saved),
    standard: show(standard),
    slider: slider === null ? null : fittedSlider(slider, form, values, currency),
    changes: changes.map(({ at, event, value }) => ({ at, event, value: show(value) })),
  };
}

interface LaterChange {
  readonly at: number;
  readonly event: number;
  readonly value: ControlValue;
}

/** Later events that set a policy value, in the order in which they happen. */
function changesOf({ parsed }: Account, path: string): LaterChange[] {
  const found = parsed.events.flatMap((event, index): LaterChange[] => {
    const value = event.type === 'usage' ? undefined : valueSetBy(event, path);
    return value === undefined ? [] : [{ at: event.at, event: index, value }];
  });
  return found.sort((a, b) => a.at - b.at);
}

/** What an event sets a policy value to; undefined where it leaves it. */
export function valueSetBy(event: ControlEvent, path: string): ControlValue | undefined {
  if (event.type === 'policy') return patchedValue(event.set, path);
  return event.type === 'auto_recharge' ? patchedValue({ auto_recharge: event.set }, path) : undefined;
}

function zoneControl({ parsed }: Account): WhatIfControl {
  return {
    path: ZONE_PATH,
    label: 'Time zone',
    group: 'Time zone',
    help: 'IANA zone of calendar months, days and calendar durations.',
    form: ZONE_FORM,
    unit: '',
    saved: parsed.account.timezone,
    standard: 'UTC',
    slider: null,
    presets: [],
    changes: [],
  };
}

/** Grants alone have a priority of their own; all other lots have 0. */
function priorityControls({ parsed }: Account): WhatIfControl[] {
  const { currency } = parsed.account;
  return parsed.events.flatMap((event, index): WhatIfControl[] => {
    if (event.type !== 'grant') return [];
    const name = event.id ?? `of ${formatAtoms(event.amount)} on ${formatInstant(event.at).slice(0, 10)}`;
    return [
      {
        path: priorityPath(index),
        label: `Priority of grant ${name}`,
        group: 'Burn order',
        help: 'Lots of lower priority are drawn first; bought credits have 0.',
        form: PRIORITY_FORM,
        unit: '',
        saved: String(event.priority),
        standard: '0',
        slider: fittedSlider(PRIORITY_SLIDER, PRIORITY_FORM, [event.priority], currency),
        presets: [],
        changes: [],
      },
    ];
  });
}

/** Prices by which rows of the account are priced; of other SKUs a change would change nothing. */
function priceControls(account: Account): WhatIfControl[] {
  const { currency } = account.parsed.account;
  const rates = ratesOf(account);
  return [...pricedSkus(account)].flatMap((sku) =>
    (rates.get(sku) ?? []).flatMap((entry, index, entries) =>
      Object.entries(entry.prices).map(([meter, price]): WhatIfControl => {
        const since = entries.length > 1 ? ` from ${formatInstant(entry.from).slice(0, 10)}` : '';
        return {
          path: pricePath(sku, index, meter),
          label: `${sku}, ${meter}${since}`,
          group: 'Prices',
          help: `Price of ${formatAtoms(entry.per)} of ${meter}.`,
          form: PRICE_FORM,
          unit: entry.per === ATOMS_PER_UNIT ? currency : `${currency} per ${formatAtoms(entry.per)}`,
          saved: showControl(PRICE_FORM, price, currency),
          standard: null,
          slider: fittedSlider(priceRange(price), PRICE_FORM, [price], currency),
          presets: [],
          changes: [],
        };
      }),
    ),
  );
}

/** From nothing to three times the price, in hundredths of it. */
function priceRange(price: bigint): SliderRange {
  const base = price === 0n ? ATOMS_PER_UNIT : price;
  const step = base / 100n;
  return { scale: 'linear', low: 0n, least: 0n, high: base * 3n, step: step === 0n ? 1n : step };
}
