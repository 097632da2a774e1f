/** Policies that the vendor may have otherwise. */
import type { ChangeValue } from '../../shared/reconcile/explain/model.ts';
import type { Plant, Planter } from './plants.ts';

/** Durations as a scenario and as a control write them. */
const DELAYS = [
  ['PT1M', '1 min'],
  ['PT5M', '5 min'],
  ['PT10M', '10 min'],
  ['PT30M', '30 min'],
  ['PT1H', '1 h'],
] as const;

function setting(path: string, text: ChangeValue, value: unknown): Plant {
  const [group = '', name = ''] = path.split('.');
  return {
    changes: { [path]: text },
    made: (made) => ({ ...made, policy: { ...made.policy, [group]: { ...made.policy[group], [name]: value } } }),
  };
}

export const POLICY: readonly Planter[] = [
  (pick) => {
    const zone = pick(['America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo']);
    return { changes: { 'account.timezone': zone }, made: (made) => ({ ...made, timezone: zone }) };
  },
  (pick) => {
    const [iso, text] = pick(DELAYS);
    return setting('purchase.posting_delay', text, iso);
  },
  (pick) => {
    const [iso, text] = pick(DELAYS);
    return setting('cutoff.delay', text, iso);
  },
  (pick) => {
    const rate = pick(['7', '8.875', '19', '20']);
    return setting('purchase.tax_rate', `${rate} %`, Number(rate) / 100);
  },
  // recharged to a target instead of by an amount
  (_pick, { policy }) => {
    const { amount, threshold } = policy['auto_recharge'] as { amount: number; threshold: number };
    const target = amount + threshold;
    const { made } = setting('auto_recharge.top_up_to', null, target);
    return {
      changes: { 'auto_recharge.top_up_to': `${target}.00` },
      made: (before) => {
        const { amount: _, ...rest } = before.policy['auto_recharge'] as Record<string, unknown>;
        return made({ ...before, policy: { ...before.policy, auto_recharge: rest } });
      },
    };
  },
  () => setting('auto_recharge.trigger', 'at_or_below', 'at_or_below'),
  (pick) => {
    const [iso, text] = pick([
      ['P30D', '30 d'],
      ['P90D', '90 d'],
    ] as const);
    return setting('credits.expire_after', text, iso);
  },
  (pick) => {
    const rule = pick(['start_of_day', 'end_of_day', 'end_of_month']);
    return setting('credits.expiry', rule, rule);
  },
  // the grant burns last
  () => ({ changes: { 'events[1].priority': '1' }, made: (made) => ({ ...made, priority: 1 }) }),
];
