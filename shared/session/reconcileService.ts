/** Serves `ReconcileApi`: the months of the open account, and what people decide about them, as entries of its log. */
import type { ReconAct, ReconActed, ReconcileApi, ReconMonth } from '../contract/reconcile.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { StoredLog } from '../domain/reconLog.ts';
import { appended } from '../reconcile/log/chain.ts';
import type { Account } from './account.ts';
import { compiled } from './reconcile/compile.ts';
import { historyPage, itemOf } from './reconcile/history.ts';
import { Reconciler } from './reconcile/reconciler.ts';
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
export type AccountIn = (period: ReconMonth) => Promise<Account>;

/** @param account the open one; throws where none is */
export function reconcileService(
  account: () => Account,
  holder: LogHolder,
  surroundings: Surroundings,
): Omit<ReconcileApi, 'rollForward'> & { readonly accountIn: AccountIn } {
  let held: {
    readonly account: Account;
    readonly log: StoredLog;
    readonly made: Promise<Reconciler>;
  } | null = null;

  const reconciler = (): Promise<Reconciler> => {
    const now = account();
    if (held?.account === now && held.log === holder.log) return held.made;
    const before = held?.account === now ? held.made.catch(() => null) : Promise.resolve(null);
    const { log } = holder;
    held = { account: now, log, made: before.then((known) => Reconciler.of(now, log, surroundings, known)) };
    return held.made;
  };

  const act = async (
    request: { readonly period: ReconMonth; readonly actor: string; readonly act: ReconAct },
    context: CallContext,
  ): Promise<ReconActed> => {
    const actor = request.actor.trim();
    if (actor === '') return { ok: false, message: 'say who does this' };
    const { period } = request;
    const before = holder.log;
    const made = await reconciler();
    const shown = await made.month(period, context);
    const result = (): string => made.hashOf(shown);
    const entry = compiled(request.act, {
      ...{ basis: made.basis, shown, result, itemOf: await made.itemsOf(period, context) },
      sealed: () => ({ kind: 'seal', seal: sealOf(made.basis, shown, result(), made.hashes) }),
    });
    if ('refused' in entry) return { ok: false, message: entry.refused };
    if (holder.log !== before) return act(request, context);
    holder.keepLog(appended(before, { at: surroundings.today(), actor, period, act: entry }, made.hashes.text));
    return { ok: true, reconciliation: await (await reconciler()).month(period, context) };
  };

  return {
    accountIn: async (period) => {
      const isAsSaved = holder.log.records.every(({ kind }) => kind !== 'adopt');
      return isAsSaved ? account() : (await reconciler()).accountIn(period);
    },
    reconPeriods: async (_request, context) => (await reconciler()).periods(context),
    reconcile: async ({ period }, context) => (await reconciler()).month(period, context),
    reconAct: act,
    reconSettings: async () => (await reconciler()).basis.settings,
    reconRulePreview: async ({ period, rule }) => {
      const { items } = (await reconciler()).basis;
      const fits = ruleTest(rule);
      const found = items.filter(({ item }) => fits(item));
      const here = found.filter(({ item }) => item.date.startsWith(period));
      return { items: here.map(({ item }) => shownItem(item)), everywhere: found.length };
    },
    reconRuleFrom: async ({ item }) => {
      const { byId, settings } = (await reconciler()).basis;
      const example = byId.get(item);
      if (example === undefined) throw new RangeError(`${item} is no longer there`);
      return ruleFrom(example, settings.rules);
    },
    reconHistory: async (request, context) => {
      const made = await reconciler();
      const items = request.subject === null ? [] : await made.itemsAbout(itemOf(request.subject), context);
      return historyPage(made.basis, request, new Set(items));
    },
  };
}
