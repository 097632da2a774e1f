/** The reconciliation of one document as it stands: months worked out once for an account and a log, and kept. */
import type {
  ReconciledMonth,
  Reconciliation,
  ReconMonth,
  ReconPeriod,
  ReconSettings,
} from '../../contract/reconcile.ts';
import type { SettingsEffect } from '../../contract/reconSettings.ts';
import type { CallContext } from '../../contract/rpc.ts';
import type { StoredLog } from '../../domain/reconLog.ts';
import { chainFaults } from '../../reconcile/log/chain.ts';
import { OPEN_PERIOD } from '../../reconcile/log/fold.ts';
import type { Account } from '../account.ts';
import type { Surroundings } from '../surroundings.ts';
import { eachOf, inPieces, type Steps } from '../inPieces.ts';
import { basisSteps, type Basis } from './basis.ts';
import { balancePoints } from './balancePoints.ts';
import { MonthChain } from './chain.ts';
import { hashing, type Hashing } from './digest.ts';
import type { GroupList } from './groupList.ts';
import type { GroupListed } from './groups.ts';
import { monthOfDate, type Item } from './item.ts';
import { KeptMonths } from './keptMonths.ts';
import type { MonthInput, MonthOutcome } from './month.ts';
import { OpenLists } from './openLists.ts';
import { changesSince, resultHash } from './seal.ts';
import { effectSteps } from './settingsEffect.ts';
import { usageLines } from './usageLines.ts';
import { monthShown, monthSteps, periodShown, type MonthShown } from './view.ts';

interface Worked {
  readonly outcome: MonthOutcome;
  readonly shown: MonthShown;
  readonly since: readonly string[];
}

export class Reconciler {
  readonly basis: Basis;
  readonly hashes: Hashing;
  readonly #surroundings: Surroundings;
  readonly #chain: MonthChain;
  readonly #kept: KeptMonths;
  /** Of how many months each was worked out, for later ones close bridges of it. */
  readonly #months = new Map<ReconMonth, { readonly count: number; readonly worked: Worked }>();
  readonly #views = new WeakMap<Worked, ReconciledMonth>();
  readonly #open = new WeakMap<Worked, OpenLists>();

  /** Where the log is not what was written. */
  readonly #logFaults: readonly string[];

  private constructor(
    basis: Basis,
    logFaults: readonly string[],
    hashes: Hashing,
    surroundings: Surroundings,
    kept: KeptMonths,
  ) {
    this.basis = basis;
    this.#logFaults = logFaults;
    this.hashes = hashes;
    this.#surroundings = surroundings;
    this.#kept = kept;
    this.#chain = new MonthChain(basis, kept.asSealed, kept.memory);
  }

  /** @param before of the same account and a log that this one goes on from */
  static async of(
    account: Account,
    log: StoredLog,
    surroundings: Surroundings,
    context: CallContext,
    before: Reconciler | null = null,
  ): Promise<Reconciler> {
    const hashes = await hashing();
    const faults = chainFaults(log, hashes.text).map(({ says }) => `a log that is whole: ${says}`);
    const kept = before === null ? new KeptMonths(account, hashes, surroundings) : before.#kept;
    const basis = await inPieces(basisSteps(account, log.records, before?.basis), surroundings, context);
    return new Reconciler(basis, faults, hashes, surroundings, kept);
  }

  async periods(context: CallContext): Promise<readonly ReconPeriod[]> {
    const { months } = this.basis;
    const last = months.at(-1);
    if (last !== undefined) await this.#chain.outcomeOf(last, this.#surroundings, context);
    const periods: ReconPeriod[] = [];
    for (const month of months) {
      const { shown, since } = await this.#worked(month, context);
      periods.push(periodShown(this.basis, month, shown, since));
    }
    return periods;
  }

  /** @throws where nothing is known of the month */
  async month(month: ReconMonth, context: CallContext): Promise<ReconciledMonth> {
    return this.#shown(month, await this.#known(month, context));
  }

  /** With all its groups. @throws where nothing is known of the month */
  async whole(month: ReconMonth, context: CallContext): Promise<Reconciliation> {
    const worked = await this.#known(month, context);
    const list = worked.shown.groups;
    const groups = await inPieces(
      eachOf('groups', list.groups, (group) => list.show(group)),
      this.#surroundings,
      context,
    );
    return { ...this.#shown(month, worked), groups };
  }

  /** @throws where nothing is known of the month */
  async groups(month: ReconMonth, context: CallContext): Promise<GroupList<GroupListed>> {
    return (await this.#known(month, context)).shown.groups;
  }

  /** What is not matched yet. @throws where nothing is known of the month */
  async open(month: ReconMonth, context: CallContext): Promise<OpenLists> {
    const worked = await this.#known(month, context);
    const known = this.#open.get(worked);
    if (known !== undefined) return known;
    const { groups, openIn } = worked.shown;
    const open = await inPieces(eachOf('groups', groups.groups, openIn), this.#surroundings, context);
    const made = new OpenLists(open.flat(), worked.outcome.input.currency);
    this.#open.set(worked, made);
    return made;
  }

  /** What stands for a month: the account under what is adopted, or as it was sealed. */
  accountIn(month: ReconMonth): Account {
    return (this.#kept.asSealed(this.basis, month)?.basis ?? this.basis).accountOf(month).account;
  }

  /** Under which a month is matched: those of now, or of its seal. */
  settingsIn(month: ReconMonth): ReconSettings {
    return (this.#kept.asSealed(this.basis, month)?.basis ?? this.basis).settings;
  }

  /** What a month would be after another log. @throws where nothing is known of the month */
  async effectOf(month: ReconMonth, after: StoredLog, context: CallContext): Promise<SettingsEffect> {
    const now = await this.#known(month, context);
    const other = await Reconciler.of(this.basis.account, after, this.#surroundings, context);
    const then = await other.#known(month, context);
    return inPieces(effectSteps(now.shown.listed, then.shown.listed), this.#surroundings, context);
  }

  hashOf(shown: Reconciliation): string {
    return resultHash(shown, this.hashes);
  }

  /** Items that a person can act on in a month: its own, those carried into it, and those that came late. */
  async itemsOf(month: ReconMonth, context: CallContext): Promise<(id: string) => Item | null> {
    const { input } = await this.#chain.outcomeOf(month, this.#surroundings, context);
    const { periods } = this.basis.decisions;
    const isOpen = (of: ReconMonth): boolean => periods.get(of)?.state !== 'sealed';
    let asThen: ReadonlyMap<string, Item> | null = null;
    return (id) => {
      const now = this.basis.byId.get(id);
      if (now !== undefined && isOpen(month) && monthOfDate(now.date) === month) return now;
      const known = (asThen ??= itemsIn(input)).get(id);
      if (known !== undefined) return known;
      return now === undefined || !isOpen(monthOfDate(now.date)) ? null : now;
    };
  }

  /** The items of the group that an item is in, in its own month and in those into which it is carried. */
  async itemsAbout(id: string, context: CallContext): Promise<readonly string[]> {
    const item = this.basis.byId.get(id);
    if (item === undefined) return [id];
    const own = monthOfDate(item.date);
    const found = [id];
    for (const month of this.basis.months.filter((known) => known >= own)) {
      const group = (await this.#worked(month, context)).shown.listed.find((one) => one.has(id));
      if (group === undefined) break;
      found.push(...group.items);
    }
    return found;
  }

  /** @throws where nothing is known of the month */
  async #known(month: ReconMonth, context: CallContext): Promise<Worked> {
    if (!this.basis.months.includes(month)) throw new RangeError(`nothing is known of ${month}`);
    return this.#worked(month, context);
  }

  async #worked(month: ReconMonth, context: CallContext): Promise<Worked> {
    const outcome = await this.#chain.outcomeOf(month, this.#surroundings, context);
    const { count } = this.#chain;
    const known = this.#months.get(month);
    if (known?.count === count) return known.worked;
    const worked = await inPieces(this.#workSteps(month, outcome), this.#surroundings, context);
    this.#months.set(month, { count, worked });
    return worked;
  }

  *#workSteps(month: ReconMonth, outcome: MonthOutcome): Steps<Worked> {
    const { sealed, result } = this.basis.decisions.periods.get(month) ?? OPEN_PERIOD;
    const basis = sealed === null ? this.basis : (this.#kept.asSealed(this.basis, month)?.basis ?? this.basis);
    const found = yield* this.#kept.viewing(month, (view) =>
      monthSteps(basis, outcome, view, (leg, item) => this.#chain.later(month, leg, item)),
    );
    const shown: MonthShown =
      this.#logFaults.length === 0
        ? found
        : { ...found, lacks: [...found.lacks, ...this.#logFaults], verdict: 'incomplete' };
    const since = changesSince(this.basis, month, this.hashes);
    if (sealed !== null && basis === this.basis) {
      const lacks = [...shown.lacks, 'what this month was sealed with is no longer all there'];
      return { outcome, shown: { ...shown, lacks, verdict: 'incomplete' }, since };
    }
    if (sealed === null && result !== null) {
      const now = this.#kept.hashOf(this.basis, month, this.#logFaults, () =>
        resultHash(this.#whole(month, { outcome, shown, since }), this.hashes),
      );
      const isOther = now !== result;
      return { outcome, shown, since: isOther ? ['What was prepared is no longer what is shown'] : [] };
    }
    return { outcome, shown, since };
  }

  #whole(month: ReconMonth, worked: Worked): Reconciliation {
    return { ...this.#shown(month, worked), groups: worked.shown.groups.shown() };
  }

  #shown(month: ReconMonth, worked: Worked): ReconciledMonth {
    const known = this.#views.get(worked);
    if (known !== undefined) return known;
    const { outcome, shown, since } = worked;
    const account = this.accountIn(month);
    const more = { usage: usageLines(account, outcome), balances: balancePoints(account, month), since };
    const made = monthShown(this.basis, outcome, shown, more);
    this.#views.set(worked, made);
    return made;
  }
}

function itemsIn({ carried, items }: MonthInput): ReadonlyMap<string, Item> {
  const linked = carried.flatMap(({ links }) => links.flatMap(({ ledger, statement }) => [...ledger, ...statement]));
  return new Map(
    [...carried.map(({ item }) => item), ...linked, ...items.map(({ item }) => item)].map((item) => [item.id, item]),
  );
}
