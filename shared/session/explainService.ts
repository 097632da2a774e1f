/** Serves `ExplainApi`: a search that goes on a slice of time at each call, over the open account and all that is stated. */
import type { Explained, ExplainApi, ExplainTarget } from '../contract/explain.ts';
import type { Reconciliation, ReconcileApi } from '../contract/reconcile.ts';
import type { CallContext } from '../contract/rpc.ts';
import { parseAmount, type Atoms } from '../domain/money.ts';
import { Search } from '../reconcile/explain/search.ts';
import type { Account } from './account.ts';
import { isCompared } from './counted.ts';
import { AccountModel, pairsFor } from './explain/accountModel.ts';
import { explained } from './explain/explanations.ts';
import { questionOf } from './explain/statedTotals.ts';
import type { AccountIn } from './reconcileService.ts';
import type { Surroundings } from './surroundings.ts';

/** How long a call works. */
const SLICE_MS = 100;
/** Months beside the target's whose totals are asked for. */
const MOST_MONTHS = 24;

interface Held {
  readonly account: Account;
  readonly key: string;
  readonly model: AccountModel;
  readonly search: Search;
  ms: number;
}

/** @param accountIn what stands for a month; throws where no account is open */
export function explainService(
  accountIn: AccountIn,
  stated: Pick<ReconcileApi, 'reconPeriods' | 'reconciliation'>,
  { now }: Surroundings,
): ExplainApi {
  let held: Held | null = null;

  const begun = async (open: Account, target: ExplainTarget, key: string, context: CallContext): Promise<Held> => {
    const question = questionOf(target, await monthsAround(stated, target, context), repeatedOf(open));
    const model = new AccountModel(open, question.target, question.others, question.tells);
    return { account: open, key, model, search: new Search(model, { mostPairs: pairsFor(open) }), ms: 0 };
  };

  return {
    explain: async ({ target, next }, context): Promise<Explained> => {
      const key = JSON.stringify(target);
      const open = await accountIn(target.period, context);
      const isGoingOn = next !== undefined && held?.key === key && held.account === open;
      const search = isGoingOn ? held! : await begun(open, target, key, context);
      held = search;
      const started = now();
      search.search.advance(() => now() - started >= SLICE_MS);
      search.ms += now() - started;
      const { done, tried } = search.search;
      const count = Object.values(tried).reduce((sum, each) => sum + each, 0);
      return explained(search.model, search.search, { ms: search.ms, next: done ? null : count });
    },
  };
}

/** What rows cost that were left out because earlier files have them. */
function repeatedOf({ sources, parsed }: Account): { readonly label: string; readonly amount: Atoms }[] {
  return sources.flatMap(({ report: { kind, file, repeated }, choices }) => {
    if (kind !== 'usage' || isCompared({ choices })) return [];
    const amount = parseAmount(repeated[parsed.account.currency] ?? '0');
    return typeof amount === 'bigint' && amount > 0n ? [{ label: file, amount }] : [];
  });
}

/** The reconciliations of the target's month and of those nearest to it. */
async function monthsAround(
  stated: Pick<ReconcileApi, 'reconPeriods' | 'reconciliation'>,
  { period }: ExplainTarget,
  context: CallContext,
): Promise<Reconciliation[]> {
  const periods = (await stated.reconPeriods({}, context)).map((each) => each.period);
  const place = periods.indexOf(period);
  const first = Math.max(0, Math.min(place - MOST_MONTHS / 2, periods.length - MOST_MONTHS));
  const months: Reconciliation[] = [];
  for (const each of periods.slice(first, first + MOST_MONTHS)) {
    context.throwIfCancelled();
    months.push(await stated.reconciliation({ period: each }, context));
  }
  return months;
}
