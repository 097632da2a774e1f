/** The workbench's part of the state: its lines (`lineSlice.ts`), and the settings and rules of matching. */
import type { ReconItem, ReconMonth, ReconRule, ReconSettings } from '../../../shared/contract/reconcile.ts';
import type { ReconSource, SettingsEffect } from '../../../shared/contract/reconSettings.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import { NO_LINES, createLinesSlice, type LinesModel, type LinesSlice } from './lineSlice.ts';

export interface MatchingModel extends LinesModel {
  /** Null until they were asked for. */
  readonly settings: ReconSettings | null;
  /** What items come from; null until they were asked for. */
  readonly sources: readonly ReconSource[] | null;
  /** What the settings that were typed last would change; null while it is not known. */
  readonly effect: SettingsEffect | null;
  /** What the rule that is being made would take; null until it is known. */
  readonly preview: { readonly items: readonly ReconItem[]; readonly everywhere: number } | null;
  /** A rule that takes the example and its like; null until it is known. */
  readonly draft: ReconRule | null;
}

export interface MatchingSlice extends LinesSlice {
  readonly matching: MatchingModel;
  matchingSettings(): void;
  /** What settings would change in a month; null: nothing is asked any more. */
  matchingEffect(period: ReconMonth, settings: Partial<ReconSettings> | null): void;
  /** A rule from an example. */
  matchingRuleFrom(period: ReconMonth, item: string): void;
  matchingRule(period: ReconMonth, rule: ReconRule): void;
}

export const NOTHING_CHOSEN: MatchingModel = {
  ...NO_LINES,
  ...{ settings: null, sources: null, effect: null, preview: null, draft: null },
};

export function createMatchingSlice(
  set: SetSlice<MatchingSlice>,
  get: GetSlice<MatchingSlice>,
  { period, ...deps }: SliceDeps & { readonly period: () => ReconMonth | null },
): MatchingSlice {
  const { engine, failed } = deps;
  const put = (part: Partial<MatchingModel>): void => set(({ matching }) => ({ matching: { ...matching, ...part } }));
  const previewing = latestOnly({
    ask: (request: { period: ReconMonth; rule: ReconRule }) => engine.reconRulePreview(request).result,
    take: (preview) => put({ preview }),
    failed,
  });
  /** What is worked out for the settings that were typed last. */
  let weighed: { readonly cancel: () => void } | null = null;
  const rule = (period: ReconMonth, draft: ReconRule): void => {
    put({ draft });
    previewing.ask({ period, rule: draft });
  };
  const lines = createLinesSlice({ ...deps, model: () => get().matching, put, period });
  return {
    ...lines,
    matching: NOTHING_CHOSEN,
    matchingSettings: () => {
      put({ settings: null, sources: null, effect: null });
      engine.reconSettings({ period: null }).result.then((settings) => put({ settings }), failed);
      engine.reconSources({}).result.then((sources) => put({ sources }), failed);
    },
    matchingEffect: (period, settings) => {
      weighed?.cancel();
      weighed = null;
      put({ effect: null });
      if (settings === null) return;
      const call = engine.reconSettingsEffect({ period, settings });
      weighed = call;
      call.result.then(
        (effect) => {
          if (weighed === call) put({ effect });
        },
        (error: unknown) => {
          if (weighed === call) failed(error);
        },
      );
    },
    matchingRuleFrom: (period, item) => {
      put({ draft: null, preview: null });
      get().matchingSettings();
      engine.reconRuleFrom({ period, item }).result.then((draft) => rule(period, draft), failed);
    },
    matchingRule: rule,
    matchingForget: () => {
      previewing.forget();
      weighed?.cancel();
      weighed = null;
      put({ settings: null, sources: null, effect: null, preview: null, draft: null });
      lines.matchingForget();
    },
  };
}
