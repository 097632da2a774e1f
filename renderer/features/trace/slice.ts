/**
 * The figures that are being traced: a trail of roots, each with its tree as it was left, and the children that were
 * loaded. A root stands in the trail once its tree is there; until then the one before it stays, dimmed.
 */
import type { TraceNode, TraceTarget } from '../../../shared/contract/trace.ts';
import { Cancelled, type Progress } from '../../../shared/contract/rpc.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import { childrenOf, FIRST_CHILDREN, firstOpen, MOST_CHILDREN, PAGE_CHILDREN, ROOT_ID, type Children } from './tree.ts';

export interface TraceStop {
  readonly target: TraceTarget;
  /** Null where it could not be traced. */
  readonly root: TraceNode | null;
  readonly open: ReadonlySet<string>;
  /** Path of the selected row. */
  readonly selected: string;
  readonly failure: string | null;
  /** The account has changed since the tree was made. */
  readonly stale: boolean;
}

/** How a figure joins the trail: as its first, behind the last, or in place of the last. */
export type TraceHow = 'first' | 'deeper' | 'instead';

export interface TraceSlice {
  readonly traceTrail: readonly TraceStop[];
  readonly traceChildren: Children;
  /** A figure was asked for and has not come. */
  readonly traceAwaited: boolean;
  /** How far the first derivation of an account is: all its steps are gone through once. Null where that is done. */
  readonly traceProgress: Progress | null;
  /** Gives up the figure that is awaited; what was gone through stays. */
  traceCancel(): void;
  traceOpen(target: TraceTarget, how: TraceHow): void;
  /** Goes back to an earlier stop of the trail. */
  traceReturn(index: number): void;
  traceToggle(id: string, node: TraceNode, open: boolean): void;
  /** Shows more children of a node, all where that is possible. */
  traceMore(node: TraceNode): void;
  traceSelect(id: string): void;
  /** Asks for the last figure of the trail again, after a change of the account. */
  traceRenew(): void;
  traceAccountChanged(sameAccount: boolean): void;
}

const LONGEST_TRAIL = 20;

export function createTraceSlice(set: SetSlice<TraceSlice>, get: GetSlice<TraceSlice>, deps: SliceDeps): TraceSlice {
  const { engine } = deps;
  /** Answers about an older account are dropped. */
  let era = 0;
  const underWay = new Set<string>();

  const join = (stop: TraceStop, how: TraceHow): void => {
    const { traceTrail } = get();
    // a double click asks twice
    const again = how === 'deeper' && sameTarget(traceTrail.at(-1)?.target, stop.target);
    const kept = how === 'first' ? [] : how === 'instead' || again ? traceTrail.slice(0, -1) : traceTrail;
    set({ traceTrail: [...kept, stop].slice(-LONGEST_TRAIL), traceAwaited: false });
  };
  let cancel = (): void => undefined;
  const trees = latestOnly({
    ask: ({ target }: { target: TraceTarget; how: TraceHow }) => {
      const call = engine.trace({ of: target }, (traceProgress) => set({ traceProgress }));
      cancel = () => call.cancel();
      return call.result.then(
        (root) => ({ root, failure: null }),
        (error: unknown) => {
          if (error instanceof Cancelled) return null;
          return { root: null, failure: error instanceof Error ? error.message : String(error) };
        },
      );
    },
    take: (answer, { target, how }) => {
      set({ traceProgress: null });
      if (answer === null) {
        set({ traceAwaited: false });
        return;
      }
      const { root, failure } = answer;
      const { open, ask } = root === null ? { open: new Set<string>(), ask: [] } : firstOpen(root);
      join({ target, root, open, selected: ROOT_ID, failure, stale: false }, how);
      for (const node of ask) void load(node, FIRST_CHILDREN);
    },
    failed: () => undefined,
  });
  const askTree = (target: TraceTarget, how: TraceHow): void => {
    set({ traceAwaited: true });
    trees.ask({ target, how });
  };

  const load = async (node: TraceNode, upTo: number): Promise<void> => {
    if (underWay.has(node.key)) return;
    underWay.add(node.key);
    const of = era;
    try {
      const wanted = Math.min(upTo, node.childCount);
      for (let known = childrenOf(node, get().traceChildren) ?? []; known.length < wanted;) {
        const limit = Math.min(PAGE_CHILDREN, wanted - known.length);
        const { rows } = await engine.traceChildren({ key: node.key, offset: known.length, limit }).result;
        if (of !== era || rows.length === 0) return;
        known = [...known, ...rows];
        set({ traceChildren: new Map(get().traceChildren).set(node.key, known) });
      }
    } catch (error) {
      if (of === era) deps.failed(error);
    } finally {
      underWay.delete(node.key);
    }
  };

  const changeLast = (change: (stop: TraceStop) => Partial<TraceStop>): void => {
    const { traceTrail } = get();
    const last = traceTrail.at(-1);
    if (last !== undefined) set({ traceTrail: [...traceTrail.slice(0, -1), { ...last, ...change(last) }] });
  };

  return {
    traceTrail: [],
    traceChildren: new Map(),
    traceAwaited: false,
    traceProgress: null,
    traceCancel: () => cancel(),
    traceOpen: askTree,
    traceReturn: (index) => {
      trees.forget();
      set(({ traceTrail }) => ({ traceTrail: traceTrail.slice(0, index + 1), traceAwaited: false }));
      if (get().traceTrail.at(-1)?.stale === true) get().traceRenew();
    },
    traceToggle: (id, node, open) => {
      changeLast((stop) => ({ open: open ? new Set(stop.open).add(id) : without(stop.open, id), selected: id }));
      if (open && childrenOf(node, get().traceChildren) === null) void load(node, FIRST_CHILDREN);
    },
    traceMore: (node) => {
      const shown = childrenOf(node, get().traceChildren)?.length ?? 0;
      void load(node, Math.min(MOST_CHILDREN, shown + PAGE_CHILDREN));
    },
    traceSelect: (selected) => changeLast(() => ({ selected })),
    traceRenew: () => {
      const last = get().traceTrail.at(-1);
      if (last !== undefined) askTree(last.target, 'instead');
    },
    traceAccountChanged: (sameAccount) => {
      era += 1;
      underWay.clear();
      trees.forget();
      set(({ traceTrail }) => ({
        // keys hold no longer; what was asked for can be asked for again
        traceTrail: sameAccount ? traceTrail.map((stop) => ({ ...stop, stale: true })) : [],
        traceChildren: new Map(),
        traceAwaited: false,
        traceProgress: null,
      }));
    },
  };
}

function without(ids: ReadonlySet<string>, gone: string): ReadonlySet<string> {
  const rest = new Set(ids);
  rest.delete(gone);
  return rest;
}

/** Targets are flat: the same fields with the same values. */
function sameTarget(a: TraceTarget | undefined, b: TraceTarget): boolean {
  const fields = (target: TraceTarget): string => JSON.stringify(Object.entries(target).sort());
  return a !== undefined && fields(a) === fields(b);
}
