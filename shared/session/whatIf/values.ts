/** What a change says, read: exact values in the place of the account's, or what is wrong with them, path by path. */
import type { WhatIfChange, WhatIfProblem } from '../../contract/whatIf.ts';
import { readControl, showControl, type ControlForm, type ControlValue, type Read } from '../../domain/controlText.ts';
import { policyControl, policyValue, withValues } from '../../domain/policyControls.ts';
import type { Policy, Tier } from '../../domain/policy.ts';
import type { RateEntry } from '../../domain/scenario.ts';
import { distinct, TIER_COLUMNS } from '../../domain/tierText.ts';
import { zoneOf, type Zone } from '../../domain/time.ts';
import type { Account } from '../account.ts';
import { PRICE_FORM, PRIORITY_FORM, ZONE_FORM } from './controls.ts';
import { pathOf, type ValuePath } from './paths.ts';
import { ratesOf } from './ratesInForce.ts';

/** Values in the place of an account's. What is not in it stays as it is saved. */
export interface Values {
  /** Whole values of the policy by their path, those that were set. */
  readonly policyValues: ReadonlyMap<string, ControlValue>;
  readonly policy: Policy;
  readonly zone: Zone | null;
  /** By place of the grant among the scenario's events. */
  readonly priorities: ReadonlyMap<number, number>;
  /** Whole price lists of SKUs that have another price. */
  readonly rates: ReadonlyMap<string, readonly RateEntry[]>;
  /** Paths of the policy that later events do not change. */
  readonly held: ReadonlySet<string>;
  /** What differs from the saved values, in its one form. */
  readonly changed: readonly { readonly path: string; readonly value: string; readonly saved: string }[];
}

export type ValuesRead =
  { readonly ok: true; readonly values: Values } | { readonly ok: false; readonly problems: readonly WhatIfProblem[] };

/** Settings of which one clears the other: they hold together. */
const COUPLED = ['auto_recharge.amount', 'auto_recharge.top_up_to'];

export function readValues(account: Account, { set, hold = [] }: WhatIfChange): ValuesRead {
  const reader = new ValueReader(account);
  // a table before its cells, whatever their order
  const paths = Object.keys(set).sort((a, b) => Number(pathOf(a).kind === 'tier') - Number(pathOf(b).kind === 'tier'));
  for (const path of paths) reader.take(path, set[path] ?? '');
  for (const path of hold) reader.hold(path);
  return reader.finish();
}

class ValueReader {
  readonly #account: Account;
  readonly #currency: string;
  readonly #problems: WhatIfProblem[] = [];
  readonly #policyValues = new Map<string, ControlValue>();
  readonly #priorities = new Map<number, number>();
  readonly #rates = new Map<string, readonly RateEntry[]>();
  readonly #held = new Set<string>();
  readonly #changed: { path: string; value: string; saved: string }[] = [];
  #zone: Zone | null = null;

  constructor(account: Account) {
    this.#account = account;
    this.#currency = account.parsed.account.currency;
  }

  take(path: string, text: string): void {
    const place = pathOf(path);
    switch (place.kind) {
      case 'policy': {
        this.#policy(path, text);
        return;
      }
      case 'tier': {
        this.#tier(path, place, text);
        return;
      }
      case 'zone': {
        this.#timeZone(path, text);
        return;
      }
      case 'priority': {
        this.#priority(path, place, text);
        return;
      }
      case 'price': {
        this.#price(path, place, text);
        return;
      }
    }
  }

  hold(path: string): void {
    const place = pathOf(path);
    const whole = place.kind === 'tier' ? 'tiers' : path;
    // only the policy changes later; everything else holds by itself
    if (place.kind !== 'policy' && place.kind !== 'tier') return;
    if (policyControl(whole) === undefined) {
      this.#refuse(path, null, 'is no value of the policy');
      return;
    }
    for (const one of COUPLED.includes(whole) ? COUPLED : [whole]) this.#held.add(one);
  }

  finish(): ValuesRead {
    if (this.#problems.length > 0) return { ok: false, problems: this.#problems };
    const values: Values = {
      policyValues: this.#policyValues,
      policy: withValues(this.#account.parsed.policy, this.#policyValues),
      zone: this.#zone,
      priorities: this.#priorities,
      rates: this.#rates,
      held: this.#held,
      changed: this.#changed,
    };
    return { ok: true, values };
  }

  #policy(path: string, text: string): void {
    const control = policyControl(path);
    if (control === undefined) {
      this.#refuse(path, null, 'is no value that can be set');
      return;
    }
    const saved = policyValue(this.#account.parsed.policy, path);
    this.#set(path, control.form, text, saved, (value) => this.#policyValues.set(path, value));
  }

  #tier(path: string, { index, field }: ValuePath & { kind: 'tier' }, text: string): void {
    const saved = this.#account.parsed.policy.tiers;
    const tiers = (this.#policyValues.get('tiers') ?? saved) as readonly Tier[];
    const column = TIER_COLUMNS.find((one) => one.field === field);
    const tier = tiers[index];
    if (column === undefined || tier === undefined) {
      this.#refuse(path, null, 'is no cell of the tiers');
      return;
    }
    this.#set(path, column.form, text, saved[index]?.[column.field] ?? tier[column.field], (value) => {
      const names = distinct(tiers.with(index, { ...tier, [column.field]: value }));
      if (names.ok) this.#policyValues.set('tiers', names.value);
      else this.#refuse(path, 1, names.message);
    });
  }

  #timeZone(path: string, text: string): void {
    this.#set(path, ZONE_FORM, text, this.#account.parsed.account.timezone, (value) => {
      this.#zone = zoneOf(value as string);
    });
  }

  #priority(path: string, { event }: ValuePath & { kind: 'priority' }, text: string): void {
    const grant = this.#account.parsed.events[event];
    if (grant?.type !== 'grant') {
      this.#refuse(path, null, 'is no priority of a grant');
      return;
    }
    this.#set(path, PRIORITY_FORM, text, grant.priority, (value) => this.#priorities.set(event, value as number));
  }

  #price(path: string, { sku, entry, meter }: ValuePath & { kind: 'price' }, text: string): void {
    const entries = this.#rates.get(sku) ?? ratesOf(this.#account).get(sku);
    const dated = entries?.[entry];
    const saved = dated !== undefined && Object.hasOwn(dated.prices, meter) ? dated.prices[meter] : undefined;
    if (entries === undefined || dated === undefined || saved === undefined) {
      this.#refuse(path, null, 'is no price of this account');
      return;
    }
    this.#set(path, PRICE_FORM, text, saved, (value) => {
      // a map of names inherits nothing
      const prices = Object.assign(Object.create(null) as Record<string, bigint>, dated.prices, { [meter]: value });
      if (value !== saved) this.#rates.set(sku, entries.with(entry, { ...dated, prices }));
    });
  }

  #set(path: string, form: ControlForm, text: string, saved: ControlValue, take: (value: ControlValue) => void): void {
    const read: Read<ControlValue> = readControl(form, text, this.#currency);
    if (!read.ok) {
      this.#refuse(path, read.column, read.message);
      return;
    }
    const shown = showControl(form, read.value, this.#currency);
    const before = showControl(form, saved, this.#currency);
    take(read.value);
    if (shown !== before) this.#changed.push({ path, value: shown, saved: before });
  }

  #refuse(path: string, column: number | null, message: string): void {
    this.#problems.push({ path, column, message });
  }
}
