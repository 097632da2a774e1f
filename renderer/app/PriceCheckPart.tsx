/** Joins the check of stated costs against prices with the store. */
import { useEffect, type ReactNode } from 'react';
import { minorDigitsOf } from '../../shared/domain/money.ts';
import { PriceCheckPanel } from '../features/prices/PriceCheckPanel.tsx';
import { useActions, useAppState } from './context.ts';

export function PriceCheckPart(): ReactNode {
  const { copy } = useActions();
  const stale = useAppState((state) => state.priceCheckStale);
  const load = useAppState((state) => state.priceCheckLoad);
  const pair = useAppState((state) => state.pricePair);
  const files = useAppState((state) => state.priceFiles);
  const check = useAppState((state) => state.priceCheck);
  const problems = useAppState((state) => state.pricesProblems);
  const busy = useAppState((state) => state.pricesBusy);
  const forgetProblems = useAppState((state) => state.pricesForgetProblems);
  const setPrices = useAppState((state) => state.pricesSet);
  const digits = useAppState((state) => state.view?.minorDigits ?? null);
  const updating = useAppState((state) => state.updating);
  const isOpen = digits !== null;
  useEffect(() => {
    if (stale && isOpen && !updating) void load(pair);
  }, [stale, isOpen, updating, load, pair]);
  return (
    <PriceCheckPanel
      files={files}
      check={isOpen ? check : null}
      pair={pair}
      digits={digits ?? minorDigitsOf('')}
      problems={problems}
      busy={busy || updating}
      onForgetProblems={forgetProblems}
      onCheck={(chosen) => void load(chosen)}
      onSetPrices={setPrices}
      onCopy={copy}
    />
  );
}
