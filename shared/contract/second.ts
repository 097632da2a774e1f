/** A second run beside the account's: another scenario or workspace, opened to be looked at and not kept. */
import type { Instant } from '../domain/time.ts';
import type { BalanceSeries, ChartSpan } from './engine.ts';
import type { LocatedProblem, NamedFile } from './importing.ts';
import type { CallContext } from './rpc.ts';
import type { DifferenceSeries } from './whatIf.ts';

export interface SecondRun {
  readonly title: string;
  /** At its end, exact. */
  readonly balance: string;
  /** The time that it shares with the account. */
  readonly from: Instant;
  readonly to: Instant;
}

export interface SecondApi {
  /** Replays a scenario or a workspace beside the account. Refused, the one before it stays. */
  openSecond(
    request: {
      readonly name: string;
      readonly content:
        { readonly text: string; readonly files: readonly NamedFile[] } | { readonly bytes: Uint8Array };
    },
    context: CallContext,
  ): Promise<
    | { readonly ok: true; readonly run: SecondRun }
    | { readonly ok: false; readonly problems: readonly LocatedProblem[] }
  >;
  /** What the chart draws of it; the difference is the account less it. @throws where none is open */
  secondSeries(
    request: { readonly from: Instant; readonly to: Instant; readonly columns: number; readonly strip: number },
    context: CallContext,
  ): Promise<{
    readonly series: BalanceSeries;
    readonly spans: readonly ChartSpan[];
    readonly difference: DifferenceSeries;
  }>;
  closeSecond(request: Record<string, never>, context: CallContext): Promise<void>;
}
