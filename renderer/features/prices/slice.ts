/** The price list in force, and the last check of the account's costs against it. */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import type {
  DraftEntry,
  PriceCheckView,
  PriceFile,
  PriceListView,
  PricesChanged,
} from '../../../shared/contract/prices.ts';
import type { PendingCall } from '../../../shared/contract/rpc.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

/** Two files that are compared. */
export interface FilePair {
  readonly usage: number;
  readonly costs: number;
}

export interface PricesSlice {
  /** Null until it was asked for. */
  readonly prices: PriceListView | null;
  /** Why the last change was not made. */
  readonly pricesProblems: readonly LocatedProblem[];
  /** A change is under way. */
  readonly pricesBusy: boolean;
  readonly priceFiles: readonly PriceFile[];
  /** Null where nothing could be checked; `waiting` until it was. */
  readonly priceCheck: PriceCheckView | null | 'waiting';
  /** What the check is of; null: of all rows that state both cost and quantities. */
  readonly pricePair: FilePair | null;
  /** The list or the check on screen is of before the last change of the account. */
  readonly pricesStale: boolean;
  readonly priceCheckStale: boolean;
  pricesLoad(): Promise<void>;
  /** Each is true where the change was made. */
  pricesSetList(name: string, text: string): Promise<boolean>;
  pricesSet(sku: string, currency: string, entries: readonly DraftEntry[] | null): Promise<boolean>;
  pricesReset(): Promise<boolean>;
  pricesForgetProblems(): void;
  priceCheckLoad(pair: FilePair | null): Promise<void>;
  /** The account has changed: both are to be asked for again. */
  pricesForget(): void;
}

export interface PricesDeps extends SliceDeps {
  /** Shows the account as it was replayed with other prices; null where none is open. */
  readonly pricesChanged: (view: AccountView | null) => void;
}

export function createPricesSlice(
  set: SetSlice<PricesSlice>,
  get: GetSlice<PricesSlice>,
  deps: PricesDeps,
): PricesSlice {
  // answers about an account that is no longer shown are dropped
  let era = 0;
  let asked = 0;
  const change = async (call: PendingCall<PricesChanged>): Promise<boolean> => {
    set({ pricesBusy: true, pricesProblems: [] });
    try {
      const answer = await call.result;
      if (!answer.ok) {
        set({ pricesProblems: answer.problems });
        return false;
      }
      deps.pricesChanged(answer.view);
      set({ prices: answer.prices, pricesStale: false, priceCheckStale: true });
      return true;
    } catch (error) {
      deps.failed(error);
      return false;
    } finally {
      set({ pricesBusy: false });
    }
  };
  return {
    prices: null,
    pricesProblems: [],
    pricesBusy: false,
    priceFiles: [],
    priceCheck: 'waiting',
    pricePair: null,
    pricesStale: true,
    priceCheckStale: true,
    pricesLoad: async () => {
      const of = era;
      try {
        const prices = await deps.engine.priceList({}).result;
        if (of === era) set({ prices, pricesStale: false });
      } catch (error) {
        deps.failed(error);
      }
    },
    pricesSetList: (name, text) => change(deps.engine.setPriceList({ name, text })),
    pricesSet: (sku, currency, entries) => change(deps.engine.setPrices({ sku, currency, entries })),
    pricesReset: () => change(deps.engine.resetPriceList({})),
    pricesForgetProblems: () => set({ pricesProblems: [] }),
    priceCheckLoad: async (pair) => {
      const of = (asked += 1);
      const ofEra = era;
      set({ pricePair: pair, priceCheckStale: false });
      try {
        const files = await deps.engine.priceFiles({}).result;
        const check =
          files.length === 0
            ? null
            : await (pair === null ? deps.engine.checkPrices({}) : deps.engine.comparePrices(pair)).result;
        if (of === asked && ofEra === era) set({ priceFiles: files, priceCheck: check });
      } catch (error) {
        if (of === asked && ofEra === era) set({ priceCheck: null, pricePair: null });
        deps.failed(error);
      }
    },
    pricesForget: () => {
      era += 1;
      const { pricePair } = get();
      // places of files may have moved
      set({ pricesStale: true, priceCheckStale: true, ...(pricePair === null ? {} : { pricePair: null }) });
    },
  };
}
