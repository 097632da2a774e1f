/** The workbench: what is chosen in both panes, the line that has the focus, the filter; and the settings of matching. */
import type { ReconItem, ReconMonth, ReconRule, ReconSettings } from '../../../shared/contract/reconcile.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import type { Pane } from './openLines.ts';

export interface MatchingModel {
  /** Lines by id, of both panes. */
  readonly chosen: ReadonlySet<string>;
  /** In each pane. */
  readonly focus: Readonly<Record<Pane, string | null>>;
  readonly pane: Pane;
  readonly filter: string;
  /** Null until they were asked for. */
  readonly settings: ReconSettings | null;
  /** What the rule that is being made would take; null until it is known. */
  readonly preview: { readonly items: readonly ReconItem[]; readonly everywhere: number } | null;
  /** A rule that takes the example and its like; null until it is known. */
  readonly draft: ReconRule | null;
}

export interface MatchingSlice {
  readonly matching: MatchingModel;
  matchingFocus(pane: Pane, line: string | null): void;
  matchingToggle(line: string): void;
  /** Chooses these lines and no others. */
  matchingChoose(lines: readonly string[]): void;
  matchingFilter(filter: string): void;
  matchingSettings(): void;
  /** A rule from an example. */
  matchingRuleFrom(period: ReconMonth, item: string): void;
  matchingRule(period: ReconMonth, rule: ReconRule): void;
  /** Another month, or another account: nothing is chosen any more. */
  matchingForget(): void;
}

export const NOTHING_CHOSEN: MatchingModel = {
  chosen: new Set(),
  focus: { bank: null, other: null },
  pane: 'bank',
  filter: '',
  settings: null,
  preview: null,
  draft: null,
};

export function createMatchingSlice(
  set: SetSlice<MatchingSlice>,
  get: GetSlice<MatchingSlice>,
  { engine, failed }: SliceDeps,
): MatchingSlice {
  const put = (part: Partial<MatchingModel>): void => set(({ matching }) => ({ matching: { ...matching, ...part } }));
  const previewing = latestOnly({
    ask: (request: { period: ReconMonth; rule: ReconRule }) => engine.reconRulePreview(request).result,
    take: (preview) => put({ preview }),
    failed,
  });
  const rule = (period: ReconMonth, draft: ReconRule): void => {
    put({ draft });
    previewing.ask({ period, rule: draft });
  };
  return {
    matching: NOTHING_CHOSEN,
    matchingFocus: (pane, line) => put({ pane, focus: { ...get().matching.focus, [pane]: line } }),
    matchingToggle: (line) => {
      const chosen = new Set(get().matching.chosen);
      if (!chosen.delete(line)) chosen.add(line);
      put({ chosen });
    },
    matchingChoose: (lines) => put({ chosen: new Set(lines) }),
    matchingFilter: (filter) => put({ filter }),
    matchingSettings: () => {
      put({ settings: null });
      engine.reconSettings({}).result.then((settings) => put({ settings }), failed);
    },
    matchingRuleFrom: (period, item) => {
      put({ draft: null, preview: null });
      get().matchingSettings();
      engine.reconRuleFrom({ period, item }).result.then((draft) => rule(period, draft), failed);
    },
    matchingRule: rule,
    matchingForget: () => {
      previewing.forget();
      put({ ...NOTHING_CHOSEN, pane: get().matching.pane });
    },
  };
}
