/** The account under the What-if place: its controls, and a variant written back as scenario or into the account itself. */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { Variant } from '../../../shared/contract/whatIf.ts';
import { draftName, fitted } from './draft.ts';
import { NO_HISTORY } from './history.ts';
import type { Lab } from './lab.ts';
import type { WhatIfSlice } from './slice.ts';
import { NOTHING_TRIED } from './state.ts';

export function accountPart(
  lab: Lab,
  whatIfApplied: (view: AccountView) => void,
): Pick<WhatIfSlice, 'whatIfOpen' | 'whatIfSaved' | 'whatIfApply'> {
  const { engine, failed, era, chart, model, put, ask, table } = lab;

  const saved: WhatIfSlice['whatIfSaved'] = async (id) => {
    const { draft, controls } = model();
    try {
      const request = id === null ? { ...draft, name: draftName(draft, controls) } : { id };
      const answer = await engine.saveVariant(request).result;
      if (answer.ok) return answer;
      put({ problems: answer.problems });
    } catch (error) {
      failed(error);
    }
    return null;
  };

  return {
    whatIfOpen: async (view, account, window) => {
      const { view: shown, account: of } = model();
      if (shown === view) return;
      const mine = (era.current += 1);
      const sameAccount = of === account;
      lab.forget();
      try {
        const [controls, kept] = await Promise.all([
          engine.policyControls({}).result,
          // of an account that was not shown here yet the figures come later: they can take long
          sameAccount ? engine.variants({}).result : null,
        ]);
        if (mine !== era.current) return;
        const base = sameAccount ? model() : { ...NOTHING_TRIED, folded: model().folded };
        const draft = fitted(base.draft, controls, view.currency);
        const list =
          kept === null
            ? view.kept.variants
            : kept.variants.map(({ id, name, set: values, hold }) => plain(id, name, values, hold));
        const now = { draft, variants: list };
        put({
          ...base,
          ...{ view, account, controls, draft, table: kept, problems: [], tried: null },
          history: sameAccount ? { ...base.history, now } : { ...NO_HISTORY, now },
        });
        chart.open(view, window, sameAccount);
        if (kept === null) table.ask(model().against);
        ask();
      } catch (error) {
        if (mine === era.current) failed(error);
      }
    },
    whatIfSaved: saved,
    whatIfApply: async (id) => {
      const of = era.current;
      const written = await saved(id);
      if (written === null) return false;
      try {
        const now = await engine.scenarioText({}).result;
        const name = now?.name ?? written.name;
        const answer = await engine.applyScenario({ name, text: written.text, step: 'Policy of What-if' }).result;
        if (of !== era.current) return false;
        if (answer.ok) whatIfApplied(answer.view);
        else put({ problems: answer.problems.map(({ message }) => ({ path: null, column: null, message })) });
        return answer.ok;
      } catch (error) {
        failed(error);
        return false;
      }
    },
  };
}

function plain(id: string, name: string, set: Variant['set'], hold: Variant['hold']): Variant {
  return { id, name, set, ...(hold === undefined || hold.length === 0 ? {} : { hold }) };
}
