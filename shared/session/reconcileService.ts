/** Serves `ReconcileApi`: the months of the open account, and what people decide about them, as entries of its log. */
import type { ReconAct, ReconActed, ReconcileApi, ReconMonth } from '../contract/reconcile.ts';
import { Cancelled, type CallContext } from '../contract/rpc.ts';
import type { StoredLog } from '../domain/reconLog.ts';
import { appended } from '../reconcile/log/chain.ts';
import type { Account } from './account.ts';
import { compiled } from './reconcile/compile.ts';
import { settingsProblem } from './reconcile/settingsProblem.ts';
import { historyPage, itemOf } from './reconcile/history.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import { groupAfter, reconLists } from './reconcile/lists.ts';
import { ruleFrom } from './reconcile/rules.ts';
import { ruleTest } from './reconcile/scope.ts';
import { shownItem } from './reconcile/item.ts';
import { sealOf } from './reconcile/seal.ts';
import type { Surroundings } from './surroundings.ts';

/** The document's log: it goes with the document, and is never undone by its undo. */
export interface LogHolder {
  readonly log: StoredLog;
  keepLog(log: StoredLog): void;
}

/** The account that stands for a month: under what is adopted for its vendor, and as it was sealed. */
export type AccountIn = (period: ReconMonth, context: CallContext) => Promise<Account>;

interface Held {
  readonly account: Account;
  readonly log: StoredLog;
  readonly made: Promise<Reconciler>;
}

/** @param account the open one; throws where none is */
export function reconcileService(
  account: () => Account,
  holder: LogHolder,
  surroundings: Surroundings,
): Omit<ReconcileApi, 'rollForward'> & { readonly accountIn: AccountIn } {
  let held: Held | null = null;
  /** The one made last: the next of its account takes over what it keeps. */
  let last: { readonly account: Account; readonly made: Reconciler } | null = null;

  const begun = (now: Account, context: CallContext): Held => {
    const before = last?.account === now ? last.made : null;
    held = { account: now, log: holder.log, made: Reconciler.of(now, holder.log, surroundings, context, before) };
    return held;
  };

  const reconciler = async (context: CallContext): Promise<Reconciler> => {
    for (;;) {
      const now = account();
      const known = held?.account === now && held.log === holder.log ? held : null;
      const mine = known ?? begun(now, context);
      try {
        const made = await mine.made;
        last = { account: now, made };
        return made;
      } catch (error) {
        if (held === mine) held = null;
        // what another call began was cancelled with it: this one was not
        if (known === null || !(error instanceof Cancelled)) throw error;
        context.throwIfCancelled();
      }
    }
  };

  const act = async (
    request: {
      readonly period: ReconMonth;
      readonly actor: string;
      readonly act: ReconAct;
      readonly group?: string | null;
    },
    context: CallContext,
  ): Promise<ReconActed> => {
    const actor = request.actor.trim();
    if (actor === '') return { ok: false, message: 'say who does this' };
    const { period } = request;
    const before = holder.log;
    const made = await reconciler(context);
    const shown = await made.month(period, context);
    const groups = await made.groups(period, context);
    const whole = await (isSigned(request.act) ? made.whole(period, context) : null);
    const result = (): string => (whole === null ? '' : made.hashOf(whole));
    const entry = compiled(request.act, {
      ...{ basis: made.basis, shown, result, itemOf: await made.itemsOf(period, context) },
      groupOf: (id) => groups.shownGroup(id),
      sealed: () => ({ kind: 'seal', seal: sealOf(made.basis, shown, result(), made.hashes) }),
    });
    if ('refused' in entry) return { ok: false, message: entry.refused };
    if (holder.log !== before) return act(request, context);
    holder.keepLog(appended(before, { at: surroundings.today(), actor, period, act: entry }, made.hashes.text));
    const next = await reconciler(context);
    const after = { reconciliation: await next.month(period, context), groups: await next.groups(period, context) };
    const group = groupAfter(request.group ?? null, groups, after.groups);
    return { ok: true, reconciliation: after.reconciliation, group };
  };

  return {
    accountIn: async (period, context) => {
      const isAsSaved = holder.log.records.every(({ kind }) => kind !== 'adopt');
      return isAsSaved ? account() : (await reconciler(context)).accountIn(period);
    },
    reconPeriods: async (_request, context) => (await reconciler(context)).periods(context),
    reconcile: async ({ period }, context) => (await reconciler(context)).month(period, context),
    reconciliation: async ({ period }, context) => (await reconciler(context)).whole(period, context),
    ...reconLists(reconciler),
    reconAct: act,
    reconSettings: async ({ period }, context) => {
      const made = await reconciler(context);
      return period === null ? made.basis.settings : made.settingsIn(period);
    },
    reconSources: async (_request, context) => (await reconciler(context)).basis.sources(),
    reconSettingsEffect: async ({ period, settings }, context) => {
      const before = holder.log;
      const made = await reconciler(context);
      const problem = settingsProblem(settings);
      if (problem !== null) throw new RangeError(problem);
      const entry = { at: surroundings.today(), actor: '', period, act: { kind: 'settings', settings } } as const;
      return made.effectOf(period, appended(before, entry, made.hashes.text), context);
    },
    reconRulePreview: async ({ period, rule }, context) => {
      const { items } = (await reconciler(context)).basis;
      const fits = ruleTest(rule);
      const found = items.filter(({ item }) => fits(item));
      const here = found.filter(({ item }) => item.date.startsWith(period));
      return { items: here.map(({ item }) => shownItem(item)), everywhere: found.length };
    },
    reconRuleFrom: async ({ item }, context) => {
      const { byId, settings } = (await reconciler(context)).basis;
      const example = byId.get(item);
      if (example === undefined) throw new RangeError(`${item} is no longer there`);
      return ruleFrom(example, settings.rules);
    },
    reconHistory: async (request, context) => {
      const made = await reconciler(context);
      const items = request.subject === null ? [] : await made.itemsAbout(itemOf(request.subject), context);
      return historyPage(made.basis, request, new Set(items));
    },
  };
}

/** Acts that state what is shown, by its hash. */
function isSigned({ kind }: ReconAct): boolean {
  return kind === 'prepare' || kind === 'review' || kind === 'seal';
}
