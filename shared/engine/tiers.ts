/** Trust tiers (section 8): the last tier whose needs are met, never lower than the one held. */
import type { Tier } from '../domain/policy.ts';
import { DAY_MS, type Instant } from '../domain/time.ts';
import { considerLimit } from './access.ts';
import { record, type Run } from './run.ts';
import { NEVER, type State } from './state.ts';

/** At opening, when a purchase is paid, when days fall due, and when the policy changes. */
export function considerTier(run: Run): void {
  const { state } = run;
  const { tiers } = state.policy;
  const held = tiers.findIndex((tier) => tier.name === state.tier);
  const reached = tiers.findLastIndex((tier) => meets(state, tier));
  if (reached > held) {
    state.tier = tiers[reached]!.name;
    record(run, { at: state.now, type: 'tier', tier: state.tier });
  } else if (held < 0) {
    // its name is gone from the list, and no tier's needs are met
    state.tier = null;
  }
  state.tierDueAt = nextTierAt(state);
  considerLimit(run);
}

function meets(state: State, tier: Tier): boolean {
  return state.paid >= tier.paid && daysDueAt(state, tier) <= state.now;
}

/** When the days that a tier needs are over; a tier without days needs no payment for them. */
function daysDueAt(state: State, tier: Tier): Instant {
  if (tier.days === 0) return -Infinity;
  return state.firstPaidAt === null ? NEVER : state.firstPaidAt + tier.days * DAY_MS;
}

/** The next instant at which the passing of days alone raises the tier. */
function nextTierAt(state: State): Instant {
  const { tiers, tier_change } = state.policy;
  if (tier_change === 'at_purchase') return NEVER;
  const held = tiers.findIndex((tier) => tier.name === state.tier);
  let next = NEVER;
  for (const tier of tiers.slice(held + 1)) {
    const due = daysDueAt(state, tier);
    if (state.paid >= tier.paid && due > state.now && due < next) next = due;
  }
  return next;
}
