/** Serves `PricesApi`: the list in force, the user's changes of it, and what it says of the account's costs. */
import type { AccountView } from '../contract/engine.ts';
import type { LocatedProblem } from '../contract/importing.ts';
import type { DraftEntry, PriceFile, PricesApi, PricesChanged } from '../contract/prices.ts';
import { ABSENT, type UsageBatch } from '../domain/usage.ts';
import { zoneOf, type Zone } from '../domain/time.ts';
import { skuKey } from '../domain/priceSku.ts';
import type { PriceList } from '../domain/priceList.ts';
import { readPriceList, writePriceList } from '../scenario/priceListFile.ts';
import { replayAccount, type Account, type AccountOutcome } from './account.ts';
import { countedBatches } from './counted.ts';
import { priceAgainst } from './priceAgainst.ts';
import { priceDisagreements, type PriceCheckOptions } from './priceCheck.ts';
import { againstView, checkView, type Compared } from './priceCheckView.ts';
import { OWN_LIST, ownList, pricesOf } from './prices.ts';
import { priceListView } from './priceView.ts';
import type { Surroundings } from './surroundings.ts';

/** Where the user's list is kept: in the account, or until there is one, by itself. */
export interface PriceKeeper {
  /** The account that is open; null where none is. */
  account(): Account | null;
  /** Text of the user's own list; null where there is none. */
  own(): string | null;
  /** Keeps a list where no account is open. */
  keep(own: string | null): void;
  /** Opens the account as it was replayed with a list. */
  take(account: Account): AccountView;
}

export function priceService(keeper: PriceKeeper, surroundings: Surroundings): PricesApi {
  const set = (own: string | null): PricesChanged => {
    const account = keeper.account();
    const outcome = account === null ? null : replayedWith(account, own, surroundings);
    if (outcome?.ok === false) return outcome;
    const view = outcome === null ? null : keeper.take(outcome.account);
    if (outcome === null) keeper.keep(own);
    return { ok: true, prices: priceListView(own, surroundings.today()), view };
  };
  const current = (): Account => {
    const account = keeper.account();
    if (account === null) throw new Error('no account is open');
    return account;
  };
  return {
    priceList: () => Promise.resolve(priceListView(keeper.own(), surroundings.today())),
    setPriceList: ({ name, text }) => {
      const read = readPriceList(text, name);
      return Promise.resolve(read.ok ? set(keptText(text, read.list)) : read);
    },
    setPrices: ({ sku, currency, entries }) => {
      const changed = withPrices(ownList(keeper.own()) ?? emptyList(currency), sku, currency, entries);
      return Promise.resolve(changed.ok ? set(changed.text) : changed);
    },
    resetPriceList: () => Promise.resolve(set(null)),
    priceFiles: () => Promise.resolve(keeper.account() === null ? [] : filesOf(current())),
    checkPrices: () => Promise.resolve(checkOf(current())),
    comparePrices: (request) => Promise.resolve(comparisonOf(current(), request)),
  };
}

function replayedWith(account: Account, own: string | null, surroundings: Surroundings): AccountOutcome {
  return replayAccount(account.scenario, account.sources, surroundings, own);
}

/** A list stays as its user wrote it, comments too; of a scenario only its rates are the list. */
function keptText(text: string, list: PriceList): string {
  return /^\s*(?:\{\s*)?["']?drawdown["']?\s*:/m.test(text) ? writePriceList(list) : text;
}

function emptyList(currency: string): PriceList {
  const none = { asOf: null, source: '', rates: new Map(), factors: new Map(), longContext: new Map() };
  return { name: OWN_LIST, currency, ...none };
}

/** A user's own list with other prices of one SKU, as text; null where nothing is left in it. */
function withPrices(
  base: PriceList,
  sku: string,
  currency: string,
  entries: readonly DraftEntry[] | null,
): { readonly ok: true; readonly text: string | null } | (PricesChanged & { readonly ok: false }) {
  if (entries !== null && base.currency !== currency) {
    const message = `the own list is in ${base.currency}, these prices are in ${currency}; a list has one currency: take out the own list, or change its text`;
    return { ok: false, problems: [{ file: sku, line: null, column: null, field: null, message }] };
  }
  const rates = new Map([...base.rates].filter(([name]) => skuKey(name) !== skuKey(sku)));
  if (entries !== null) {
    const drafted = {
      rates: { [sku]: entries.map(({ from, per, prices }) => ({ ...prices, from: instantOf(from), per })) },
    };
    const read = readPriceList(JSON.stringify(drafted), sku);
    if (!read.ok) return { ok: false, problems: read.problems.map(inFields) };
    for (const [name, dated] of read.list.rates) rates.set(name, dated);
  }
  const isEmpty = rates.size + base.factors.size + base.longContext.size === 0;
  return { ok: true, text: isEmpty ? null : writePriceList({ ...base, rates }) };
}

/** A problem of a field: there are no lines, and a day is enough. */
function inFields(problem: LocatedProblem): LocatedProblem {
  const isDay = problem.field?.endsWith('.from') === true;
  const message = isDay ? `${problem.message}; a day such as 2026-10-01 is enough` : problem.message;
  return { ...problem, line: null, column: null, message };
}

/** A day is its first instant in UTC, on whose days vendors change their prices. */
function instantOf(text: string): string {
  const trimmed = text.trim();
  return /^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? `${trimmed}T00:00:00Z` : trimmed;
}

function filesOf({ sources }: Account): PriceFile[] {
  return sources.flatMap(({ report, batch }, id) => {
    const costs = statesCosts(batch);
    const quantities = batch.meters.size > 0;
    return costs || quantities ? [{ id, file: report.file, costs, quantities }] : [];
  });
}

function statesCosts({ count, cost }: UsageBatch): boolean {
  for (let row = 0; row < count; row++) if (cost.whole[row] !== ABSENT) return true;
  return false;
}

function checkOf(account: Account) {
  const batches = countedBatches(account.sources).filter((batch) => batch.meters.size > 0 && statesCosts(batch));
  if (batches.length === 0) return null;
  const list = pricesOf(account.priceList);
  return checkView(priceDisagreements(batches, list, optionsOf(account)), comparedOf(account, list, batches));
}

function comparisonOf(account: Account, { usage, costs }: { readonly usage: number; readonly costs: number }) {
  const batches = countedBatches(account.sources);
  const [used, stated] = [batches[usage], batches[costs]];
  if (used === undefined || stated === undefined) throw new Error('one of the two files is no longer in the account');
  const list = pricesOf(account.priceList);
  const found = priceAgainst([used], [stated], list, optionsOf(account));
  return againstView(found, comparedOf(account, list, [used, stated]));
}

function optionsOf({ parsed: { account } }: Account): PriceCheckOptions {
  return { zone: zoneOf(account.timezone) ?? (zoneOf('UTC') as Zone), currency: account.currency };
}

function comparedOf({ parsed }: Account, list: PriceList, batches: readonly UsageBatch[]): Compared {
  return {
    currency: parsed.account.currency,
    listName: list.name,
    files: batches.map(({ source }) => source),
  };
}
