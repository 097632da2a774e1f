/** Joins the price list with the store and the commands. */
import { useEffect, type ReactNode } from 'react';
import { PricesPanel } from '../features/prices/PricesPanel.tsx';
import { useActions, useAppState } from './context.ts';

export function PricesPart(): ReactNode {
  const actions = useActions();
  const stale = useAppState((state) => state.pricesStale);
  const load = useAppState((state) => state.pricesLoad);
  const prices = useAppState((state) => state.prices);
  const problems = useAppState((state) => state.pricesProblems);
  const busy = useAppState((state) => state.pricesBusy);
  const forgetProblems = useAppState((state) => state.pricesForgetProblems);
  const setList = useAppState((state) => state.pricesSetList);
  const setPrices = useAppState((state) => state.pricesSet);
  const reset = useAppState((state) => state.pricesReset);
  const unpriced = useAppState((state) => state.view?.unpriced ?? null);
  const updating = useAppState((state) => state.updating);
  useEffect(() => {
    if (stale && !updating) void load();
  }, [stale, updating, load]);
  return (
    <PricesPanel
      prices={prices}
      unpriced={unpriced}
      problems={problems}
      busy={busy || updating}
      onForgetProblems={forgetProblems}
      onSetList={setList}
      onSetPrices={setPrices}
      onReset={reset}
      onOpen={actions.choosePriceList}
      onSave={(name, text) => void actions.exportText(name, text)}
    />
  );
}
