/**
 * The Reconcile place's part of the state. Matching a month is long work of its own: what is on screen stays, dimmed,
 * until the new figures are there. Every act names who does it; one that nobody has signed waits for a name.
 */
import type {
  ReconAct,
  ReconActed,
  ReconciledMonth,
  ReconGroup,
  ReconMonth,
  ReconPeriod,
} from '../../../shared/contract/reconcile.ts';
import { Cancelled } from '../../../shared/contract/rpc.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import {
  NOTHING_RECONCILED,
  monthToOpen,
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
  /** Reads the months, and matches the chosen one: long work, told and cancelled as such. */
  reconLoad(): Promise<void>;
  reconChoose(period: ReconMonth): void;
  /** The month before or after the chosen one. */
  reconStepMonth(by: -1 | 1): void;
  reconTab(tab: ReconTab): void;
  /** Shows the items of one step of the bridge; null: of all. */
  reconFilter(step: string | null): void;
  /** @returns when what it is about is there */
  reconSelect(subject: Subject | null): Promise<void>;
  /** A group as it stands now; null where it is not there any more. */
  reconGroup(id: string): Promise<ReconGroup | null>;
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
  /** The group that is selected after an act: this one if it is listed, else what stands where the one before stood. */
  readonly groupInPlace: (before: string, group: string | null) => Promise<string | null>;
}

/** They are pressed again, or followed by the next of their kind. */
const GONE_ON_WITH: readonly ReconAct['kind'][] = ['prepare', 'review', 'seal', 'take_back', 'take_up'];

export function createReconcileSlice(
  set: SetSlice<ReconcileSlice>,
  get: GetSlice<ReconcileSlice>,
  deps: ReconcileDeps,
): ReconcileSlice {
  const put = (part: Partial<ReconModel>): void => set(({ recon }) => ({ recon: { ...recon, ...part } }));
  const model = (): ReconModel => get().recon;
  const look = async (subject: Subject | null): Promise<void> => {
    const { shown } = model();
    if (subject?.kind !== 'group' || shown === null) {
      put({ looked: null });
      return;
    }
    const { period } = shown.period;
    const looked = await deps.engine.reconGroup({ period, group: subject.id }).result.catch((error: unknown) => {
      deps.failed(error);
      return null;
    });
    const { subject: now } = model();
    if (now?.kind === 'group' && now.id === subject.id) put({ looked, ...(looked === null ? { subject: null } : {}) });
  };
  const match = matcher(model, put, deps, () => void look(model().subject));

  const act = async (actor: string, what: ReconAct): Promise<boolean> => {
    const { period } = model();
    if (period === null) return false;
    const { subject: before } = model();
    const group = before?.kind === 'group' ? before.id : null;
    const answer = await deps.engine.reconAct({ period, actor, act: what, group }).result.catch(refusal);
    if (!answer.ok) {
      put({ refused: answer.message });
      return false;
    }
    const after = answer.reconciliation;
    const place =
      group === null || model().tab !== 'purchases' ? answer.group : await deps.groupInPlace(group, answer.group);
    const { subject, periods, step, acted } = model();
    deps.reconChanged();
    // Another month may have been chosen while it was done.
    if (model().period !== after.period.period) return true;
    const moves = subject?.kind === 'group' && subject.id === group;
    const next: Subject | null = place === null ? null : { kind: 'group', id: place };
    put({
      shown: after,
      subject: moves ? next : subject,
      step: stepIn(step, after),
      periods: withPeriod(periods, after.period),
      refused: null,
      ...(GONE_ON_WITH.includes(what.kind) ? {} : { acted: acted + 1 }),
      ...(what.kind === 'prepare' || what.kind === 'review' || what.kind === 'seal' ? { inspectorShown: false } : {}),
    });
    deps.reconShown(true);
    await look(model().subject);
    return true;
  };

  const choose = (period: ReconMonth): void => {
    put({ period, step: null, subject: null, looked: null, refused: null, inspectorShown: false });
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
      const periods = await readPeriods(model, put, deps);
      if (periods === null || model().stale) return;
      const { period: before } = model();
      const stays = periods.some(({ period }) => period === before);
      const period = stays ? before : monthToOpen(periods);
      put({ periods, period, ...(stays ? {} : { step: null, subject: null, looked: null, inspectorShown: false }) });
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
      put({ tab, ...(fits ? {} : { subject: null, looked: null, inspectorShown: false }) });
    },
    reconFilter: (step) => put({ step }),
    reconSelect: (subject) => {
      put(subject === null ? { subject, inspectorShown: false } : { subject });
      return look(subject);
    },
    reconGroup: async (group) => {
      const { shown } = model();
      if (shown === null) return null;
      const found = await deps.engine.reconGroup({ period: shown.period.period, group }).result;
      return found?.group ?? null;
    },
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

/** Reads the months, which takes matching them. Null where that failed or was given up. */
async function readPeriods(
  model: () => ReconModel,
  put: (part: Partial<ReconModel>) => void,
  { engine }: ReconcileDeps,
): Promise<readonly ReconPeriod[] | null> {
  model().busy?.cancel();
  const call = engine.reconPeriods({}, (progress) => {
    const { busy } = model();
    if (busy?.cancel === cancel) put({ busy: { cancel, progress } });
  });
  const cancel = (): void => call.cancel();
  const isMine = (): boolean => model().busy?.cancel === cancel;
  put({ stale: false, failure: null, cancelled: false, busy: { progress: null, cancel } });
  try {
    const periods = await call.result;
    if (!isMine()) return null;
    put({ busy: null });
    return periods;
  } catch (error) {
    if (isMine())
      put({ busy: null, ...(error instanceof Cancelled ? { cancelled: true } : { failure: messageOf(error) }) });
    return null;
  }
}

/** Matches a month; only the answer to the last question is shown. */
function matcher(
  model: () => ReconModel,
  put: (part: Partial<ReconModel>) => void,
  { engine, reconShown }: ReconcileDeps,
  then: () => void,
): (period: ReconMonth) => Promise<void> {
  let asked = 0;
  return async (period) => {
    model().busy?.cancel();
    const mine = (asked += 1);
    const call = engine.reconcile({ period }, (progress) => {
      const { busy } = model();
      if (mine === asked && busy !== null) put({ busy: { ...busy, progress } });
    });
    put({ busy: { progress: null, cancel: () => call.cancel() }, failure: null, cancelled: false });
    try {
      const shown = await call.result;
      if (mine !== asked) return;
      const { periods, step } = model();
      const sameMonth = model().shown?.period.period === shown.period.period;
      put({ shown, periods: withPeriod(periods, shown.period), step: stepIn(step, shown), busy: null });
      reconShown(sameMonth);
      then();
    } catch (error) {
      if (mine !== asked) return;
      const { shown } = model();
      // Cancelled: the month that is on screen is the one that is chosen again.
      if (error instanceof Cancelled)
        put({ busy: null, ...(shown === null ? { cancelled: true } : { period: shown.period.period }) });
      else put({ busy: null, failure: messageOf(error) });
    }
  };
}

/** The step whose items alone are listed, as long as the bridge has it. */
function stepIn(step: string | null, { bridge }: ReconciledMonth): string | null {
  return bridge.steps.some(({ id, items }) => id === step && items > 0) ? step : null;
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
