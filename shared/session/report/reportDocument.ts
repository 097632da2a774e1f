/** Puts a month's report together: the reconciliation as it stands, the roll-forward, and what both rest on. */
import type { LogEntry, ReconcileApi } from '../../contract/reconcile.ts';
import type { ReportCause, ReportDocument, ReportRequest, ReportSource } from '../../contract/report.ts';
import type { CallContext } from '../../contract/rpc.ts';
import type { Account } from '../account.ts';
import { rollForwardOf } from '../reconcile/rollForward.ts';

/** What a report asks of the reconciliation. */
export type Reconciled = Pick<ReconcileApi, 'reconciliation' | 'reconSettings' | 'reconHistory'>;

/** @param engine version of the program */
export async function reportDocument(
  account: Account,
  reconciled: Reconciled,
  request: ReportRequest,
  engine: string,
  context: CallContext,
): Promise<ReportDocument> {
  const { period, view, by, breakageRate } = request;
  const reconciliation = await reconciled.reconciliation({ period }, context);
  const { prepared, reviewed } = reconciliation.period;
  const entries = await entriesOn(period, reconciled, context);
  return {
    account: account.run.input.accountId,
    title: account.parsed.title,
    engine,
    reconciliation,
    rollForward: rollForwardOf(account, period, view, by, breakageRate ?? null),
    settings: await reconciled.reconSettings({ period }, context),
    sources: account.sources.map(sourceOf),
    // a cause that is only noted decides nothing: it stands among the causes
    decisions: entries.filter(({ kind, cause }) => !(kind === 'note' && cause !== undefined)),
    causes: causesIn(entries),
    samePerson: prepared !== null && prepared.by === reviewed?.by,
  };
}

function sourceOf({ report, batch, statement }: Account['sources'][number]): ReportSource {
  const rows = statement === null ? batch.count : statement.lines.length;
  return { name: report.file, format: report.format, sha256: report.sha256, rows };
}

const PAGE = 1_000;

/** What is no decision on a figure: how the month itself stands, and who looks after a break. */
const STANDING: ReadonlySet<LogEntry['kind']> = new Set([
  ...(['prepare', 'review', 'seal', 'own', 'take_back', 'take_up'] as const),
]);

function causesIn(entries: readonly LogEntry[]): ReportCause[] {
  const reopened = entries.findLast(({ kind }) => kind === 'reopen')?.seq ?? 0;
  return entries.flatMap(({ cause, actor, at, seq, kind }) =>
    cause === undefined
      ? []
      : [{ ...cause, by: actor, at, isAdopted: kind === 'adopt', isBeforeReopening: seq < reopened }],
  );
}

/** What stands of the log, in its order. */
async function entriesOn(period: string, { reconHistory }: Reconciled, context: CallContext): Promise<LogEntry[]> {
  const decisions: LogEntry[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = await reconHistory({ subject: null, offset, limit: PAGE }, context);
    decisions.push(...rows.filter((entry) => entry.period === period && !entry.takenBack && !STANDING.has(entry.kind)));
    if (rows.length === 0 || offset + PAGE >= total) return decisions.sort((a, b) => a.seq - b.seq);
  }
}
