/**
 * The Reconcile place's part of the state. Matching a month is long work of its own: what is on screen stays, dimmed,
 * until the new figures are there. Every act names who does it; one that nobody has signed waits for a name.
 */
import type { ReconAct, ReconActed, ReconMonth, ReconPeriod } from '../../../shared/contract/reconcile.ts';
import { Cancelled } from '../../../shared/contract/rpc.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import {
  NOTHING_RECONCILED,
  monthToOpen,
  subjectAfter,
  type Asking,
  type InspectorTab,
  type ReconModel,
  type ReconTab,
  type Subject,
} from './state.ts';

export interface ReconcileSlice {
  readonly recon: ReconModel;
  /** Another account, or the same after a change. */
  reconForget(sameAccount: boolean): void;
  /** Reads the months, and matches the chosen one. */
  reconLoad(): Promise<void>;
  reconChoose(period: ReconMonth): void;
  /** The month before or after the chosen one. */
  reconStepMonth(by: -1 | 1): void;
  reconTab(tab: ReconTab): void;
  /** Shows the items of one step of the bridge; null: of all. */
  reconFilter(step: string | null): void;
  reconSelect(subject: Subject | null): void;
  reconInspect(tab: InspectorTab | null): void;
  reconAsk(asking: Asking | null): void;
  /** The refusal was read. */
  reconDismiss(): void;
  /** @returns whether it was done; not where it was refused or waits for a name */
  reconDo(act: ReconAct): Promise<boolean>;
  /** Who does what waits: the name is kept already. Null: nobody, and it is not done. */
  reconSigned(actor: string | null): Promise<boolean>;
}

export interface ReconcileDeps extends SliceDeps {
  /** Who is at the screen; empty while nobody has said. */
  readonly actor: () => string;
  /** The log has grown: the document has something to save. */
  readonly reconChanged: () => void;
  /** Another reconciliation is on screen: what was derived from the one before is of no use. */
  readonly reconShown: (sameMonth: boolean) => void;
}

export function createReconcileSlice(
  set: SetSlice<ReconcileSlice>,
  get: GetSlice<ReconcileSlice>,
  deps: ReconcileDeps,
): ReconcileSlice {
  const put = (part: Partial<ReconModel>): void => set(({ recon }) => ({ recon: { ...recon, ...part } }));
  const model = (): ReconModel => get().recon;
  const match = matcher(model, put, deps);

  const act = async (actor: string, what: ReconAct): Promise<boolean> => {
    const { period } = model();
    if (period === null) return false;
    const answer = await deps.engine.reconAct({ period, actor, act: what }).result.catch(refusal);
    if (!answer.ok) {
      put({ refused: answer.message });
      return false;
    }
    const after = answer.reconciliation;
    const { shown, subject, periods } = model();
    deps.reconChanged();
    // Another month may have been chosen while it was done.
    if (model().period !== after.period.period) return true;
    put({
      shown: after,
      subject: subjectAfter(subject, shown, after),
      periods: withPeriod(periods, after.period),
      refused: null,
      ...(what.kind === 'prepare' || what.kind === 'review' || what.kind === 'seal' ? { inspectorShown: false } : {}),
    });
    deps.reconShown(true);
    return true;
  };

  const choose = (period: ReconMonth): void => {
    put({ period, step: null, subject: null, refused: null, inspectorShown: false });
    void match(period);
  };
  return {
    recon: NOTHING_RECONCILED,
    reconForget: (sameAccount) => {
      model().busy?.cancel();
      if (sameAccount) put({ stale: true, busy: null });
      else put({ ...NOTHING_RECONCILED, tab: model().tab, inspectorTab: model().inspectorTab });
    },
    reconLoad: async () => {
      put({ stale: false, failure: null });
      const periods = await deps.engine.reconPeriods({}).result.catch((error: unknown) => {
        put({ failure: messageOf(error) });
        return null;
      });
      if (periods === null || model().stale) return;
      const { period: before } = model();
      const stays = periods.some(({ period }) => period === before);
      const period = stays ? before : monthToOpen(periods);
      put({ periods, period, ...(stays ? {} : { step: null, subject: null, inspectorShown: false }) });
      if (period === null) put({ shown: null });
      else await match(period);
    },
    reconChoose: choose,
    reconStepMonth: (by) => {
      const { periods, period } = model();
      const at = periods?.findIndex((one) => one.period === period) ?? -1;
      const next = at < 0 ? undefined : periods?.[at + by];
      if (next !== undefined) choose(next.period);
    },
    reconTab: (tab) => {
      const { subject } = model();
      const fits = subject !== null && tabsOf(subject).includes(tab);
      put({ tab, ...(fits ? {} : { subject: null, inspectorShown: false }) });
    },
    reconFilter: (step) => put({ step }),
    reconSelect: (subject) => put(subject === null ? { subject, inspectorShown: false } : { subject }),
    reconInspect: (tab) => put(tab === null ? { inspectorShown: false } : { inspectorShown: true, inspectorTab: tab }),
    reconAsk: (asking) => put({ asking }),
    reconDismiss: () => put({ refused: null }),
    reconDo: async (what) => {
      put({ asking: null });
      const actor = deps.actor();
      if (actor !== '') return act(actor, what);
      put({ unsigned: what });
      return false;
    },
    reconSigned: async (actor) => {
      const { unsigned } = model();
      put({ unsigned: null });
      return unsigned === null || actor === null ? false : act(actor, unsigned);
    },
  };
}

/** Matches a month; only the answer to the last question is shown. */
function matcher(
  model: () => ReconModel,
  put: (part: Partial<ReconModel>) => void,
  { engine, reconShown }: ReconcileDeps,
): (period: ReconMonth) => Promise<void> {
  let asked = 0;
  return async (period) => {
    model().busy?.cancel();
    const mine = (asked += 1);
    const call = engine.reconcile({ period }, (progress) => {
      const { busy } = model();
      if (mine === asked && busy !== null) put({ busy: { ...busy, progress } });
    });
    put({ busy: { progress: null, cancel: () => call.cancel() }, failure: null });
    try {
      const shown = await call.result;
      if (mine !== asked) return;
      const { periods } = model();
      const sameMonth = model().shown?.period.period === shown.period.period;
      put({ shown, periods: withPeriod(periods, shown.period), busy: null });
      reconShown(sameMonth);
    } catch (error) {
      if (mine !== asked) return;
      const { shown } = model();
      // Cancelled: the month that is on screen is the one that is chosen again.
      if (error instanceof Cancelled) put({ busy: null, ...(shown === null ? {} : { period: shown.period.period }) });
      else put({ busy: null, failure: messageOf(error) });
    }
  };
}

function tabsOf({ kind }: Subject): readonly ReconTab[] {
  if (kind === 'usage' || kind === 'balance') return [kind];
  return ['purchases', 'match'];
}

function withPeriod(periods: readonly ReconPeriod[] | null, changed: ReconPeriod): readonly ReconPeriod[] | null {
  return periods?.map((one) => (one.period === changed.period ? changed : one)) ?? null;
}

function refusal(error: unknown): Extract<ReconActed, { ok: false }> {
  return { ok: false, message: messageOf(error) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** How many differences of a month wait for a decision. */
export function toDecide({ recon }: Pick<ReconcileSlice, 'recon'>): number {
  return recon.shown?.period.toDecide ?? 0;
}
