/** An open account to the bytes of a workspace file, and back. */
import type { KeptWork } from '../contract/kept.ts';
import { EMPTY_LOG, type StoredLog } from '../domain/reconLog.ts';
import { balanceOf } from '../engine/lots.ts';
import { visibleAccess } from '../engine/resultJson.ts';
import { readChanges, writeChanges } from '../storage/changes.ts';
import type { StoredSource } from '../storage/source.ts';
import type { SqlJsStatic } from '../storage/sqlite.ts';
import {
  readWorkspace,
  WorkspaceError,
  writeWorkspace,
  type Workspace,
  type WorkspaceRun,
} from '../storage/workspace.ts';
import { readPriceList } from '../scenario/priceListFile.ts';
import { replayAccount, type Account, type AccountOutcome } from './account.ts';
import { atOnce, type Steps } from './inPieces.ts';
import { OWN_LIST } from './prices.ts';
import type { Surroundings } from './surroundings.ts';
import { NOTHING_KEPT } from './view.ts';
import { plainVariant, variantsProblem } from './whatIf/variantList.ts';

/** All that a workspace is written from. */
export interface SavedWork {
  readonly account: Account;
  readonly kept: KeptWork;
  /** What people did in reconciliation. */
  readonly log: StoredLog;
}

/** The work on an account beside which nothing is kept yet. */
export function newWork(account: Account): SavedWork {
  return { account, kept: NOTHING_KEPT, log: EMPTY_LOG };
}

export type SavedOutcome = ({ readonly ok: true } & SavedWork) | Extract<AccountOutcome, { readonly ok: false }>;

export function saveAccount(SQL: SqlJsStatic, work: SavedWork): Uint8Array {
  return atOnce(savingSteps(SQL, work));
}

/** The same in steps: what waits in the meantime is what somebody looks at. */
export function savingSteps(SQL: SqlJsStatic, work: SavedWork): Steps<Uint8Array> {
  return writeWorkspace(SQL, workspaceOf(work), runTables(work.account));
}

function workspaceOf({ account: { scenario, sources, priceList }, kept, log }: SavedWork): Workspace {
  return { scenario, sources, priceList, kept, log };
}

/** Reads a workspace and replays it. @throws WorkspaceError where the bytes are none. */
export function openSaved(SQL: SqlJsStatic, bytes: Uint8Array, surroundings: Surroundings): SavedOutcome {
  return atOnce(openingSteps(SQL, bytes, surroundings));
}

/** The same in steps. @throws WorkspaceError */
export function* openingSteps(SQL: SqlJsStatic, bytes: Uint8Array, surroundings: Surroundings): Steps<SavedOutcome> {
  return replayed(yield* readWorkspace(SQL, bytes), surroundings);
}

/** What was saved since a base with these sources, in steps. */
export function changesSteps(SQL: SqlJsStatic, work: SavedWork, base: readonly StoredSource[]): Steps<Uint8Array> {
  return writeChanges(SQL, workspaceOf(work), base);
}

/** Reads a copy, its base and what changed since, and replays it. @throws WorkspaceError */
export function* openingCopySteps(
  SQL: SqlJsStatic,
  copy: { readonly whole: Uint8Array; readonly changes: Uint8Array },
  surroundings: Surroundings,
): Steps<{ readonly outcome: SavedOutcome; readonly base: readonly StoredSource[] }> {
  const { sources: base } = yield* readWorkspace(SQL, copy.whole);
  return { outcome: replayed(yield* readChanges(SQL, copy.changes, base), surroundings), base };
}

/** @throws WorkspaceError */
function replayed({ scenario, sources, priceList, kept, log }: Workspace, surroundings: Surroundings): SavedOutcome {
  const problem = variantsProblem(kept.variants);
  if (problem !== null) throw new WorkspaceError(`the variants of this workspace are damaged: ${problem.message}`);
  const list = priceList === null ? null : readPriceList(priceList, OWN_LIST);
  const outcome = list?.ok === false ? list : replayAccount(scenario, sources, surroundings, priceList);
  return outcome.ok ? { ...outcome, kept: { ...kept, variants: kept.variants.map(plainVariant) }, log } : outcome;
}

function runTables({ run }: Account): WorkspaceRun {
  const { state, input } = run;
  return {
    title: input.title,
    account: input.accountId,
    currency: input.currency,
    timezone: input.zone.name,
    opened: input.opened,
    ended: state.now,
    balance: balanceOf(state.book),
    debt: state.book.debt,
    access: visibleAccess(run),
    plan: state.plan,
    tier: state.tier,
    accepted: state.accepted,
    rejected: [...state.rejected].map(([reason, total]) => ({ reason, ...total })),
    overrun: state.overrun,
    timeline: state.timeline,
    lots: state.book.all,
    spans: state.spans.map(({ from, to, status }) => ({
      from: input.log.at[from]!,
      to: input.log.at[to - 1]!,
      rows: input.log.rowsBetween(from, to),
      status,
    })),
    journal: state.journal,
    invoices: state.invoices,
  };
}
