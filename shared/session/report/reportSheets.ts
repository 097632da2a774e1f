/** A month's report as tables: the sheets of a spreadsheet, and the matches as CSV. */
import type { ReconGroup, Reconciliation, ReconItem, ReconSide } from '../../contract/reconcile.ts';
import type { ReportDocument } from '../../contract/report.ts';
import type { Cell, Column, ColumnKind, Sheet } from '../../export/xlsx.ts';
import { csvFieldOf } from '../csv.ts';
import { settingsSay } from '../reconcile/settingsWords.ts';

export function reportSheets(document: ReportDocument): readonly Sheet[] {
  const { reconciliation } = document;
  return [
    summarySheet(document),
    matchesSheet(reconciliation),
    breaksSheet(reconciliation),
    rollSheet(document),
    ...breakageSheets(document),
    ...causesSheets(document),
    settingsSheet(document),
  ];
}

/** The matches, a row an item. */
export function reportCsv({ reconciliation }: ReportDocument): string {
  const { columns, rows } = matchesSheet(reconciliation);
  const lines = [columns.map(({ title }) => csvFieldOf(title, 'text')).join(',')];
  for (const row of rows) lines.push(columns.map(({ kind }, index) => fieldOf(kind, row[index] ?? null)).join(','));
  return lines.join('\r\n') + '\r\n';
}

function fieldOf(kind: ColumnKind, cell: Cell): string {
  return cell === null ? '' : csvFieldOf(String(cell), kind === 'text' ? 'text' : 'values');
}

const SIDES: readonly ReconSide[] = ['simulated', 'document', 'bank'];

function columns(kind: ColumnKind, ...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, kind }));
}

/** The totals of the sides, what leads from each to the next, and whether figures beside them agree. */
function summarySheet({ reconciliation, title, account, rollForward }: ReportDocument): Sheet {
  const { period, bridge, verdict, vendor, currency, timezone, lacks } = reconciliation;
  const rows: Cell[][] = [
    ['Account', account, null, null],
    ['Title', title, null, null],
    ['Vendor', vendor, null, null],
    ['Period', `${period.period}, ${period.from} to before ${period.to}, ${timezone}`, null, null],
    ['State', period.state, null, null],
    ['Verdict', verdict.replaceAll('_', ' '), null, null],
    ...lacks.map((lack): Cell[] => ['Lacks', lack, null, null]),
  ];
  for (const [index, pillar] of bridge.pillars.entries()) {
    rows.push(['Total', `${pillar.label}: ${pillar.note}`, pillar.total, currency]);
    for (const { after, label, amount, items } of bridge.steps)
      if (after === index) rows.push(['Step', `${label} (${items})`, amount, currency]);
  }
  rows.push(['Steps without their signs', '', bridge.gross, currency]);
  for (const { label, difference } of reconciliation.usage)
    rows.push(['Usage less stated', label, difference, currency]);
  for (const { source, difference } of reconciliation.balances)
    rows.push(['Balance less stated', source, difference, currency]);
  for (const { label, amount } of rollForward.figures) rows.push(['Books', label, amount, currency]);
  return {
    name: 'Summary and bridge',
    columns: [...columns('text', 'what', 'of'), ...columns('amount', 'amount'), ...columns('text', 'currency')],
    rows,
  };
}

function matchesSheet({ groups, currency }: Reconciliation): Sheet {
  return {
    name: 'Matches',
    columns: [
      ...columns('text', 'group', 'section', 'state', 'category', 'side', 'kind'),
      ...columns('date', 'date'),
      ...columns('amount', 'amount'),
      ...columns('text', 'currency'),
      ...columns('amount', 'worth', 'tax'),
      ...columns('text', 'reference', 'text', 'source', 'evidence', 'ignored because'),
    ],
    rows: matchRows(groups, currency),
  };
}

/** Made as they are written: a long month has many. */
function* matchRows(groups: readonly ReconGroup[], currency: string): Generator<Cell[]> {
  for (const group of groups)
    for (const side of SIDES) for (const item of group.cells[side]) yield matchRow(group, item, currency);
}

/** In the account's currency. */
function worthOf({ amount, currency: own, original, converted }: ReconItem, currency: string): string | null {
  if (own === currency) return amount;
  return original?.currency === currency ? original.amount : (converted?.amount ?? null);
}

function matchRow(group: ReconGroup, item: ReconItem, currency: string): Cell[] {
  const sources = item.sources.map(({ file, line }) => `${file}:${line}`).join(' ');
  const evidence = group.links.flatMap((link) => link.evidence).join('; ');
  return [
    ...[group.id, group.section, group.state, group.category, item.side, item.kind, item.date],
    ...[
      item.amount,
      item.currency,
      worthOf(item, currency),
      item.tax,
      item.reference,
      item.text,
      sources,
      evidence,
      group.ignored,
    ],
  ];
}

function breaksSheet({ groups, currency }: Reconciliation): Sheet {
  return {
    name: 'Breaks',
    columns: [
      ...columns('text', 'break', 'category', 'life'),
      ...columns('amount', 'amount'),
      ...columns('text', 'currency', 'open since'),
      ...columns('integer', 'age in days'),
      ...columns('date', 'break on'),
      ...columns('text', 'owner', 'items', 'lacks'),
    ],
    rows: groups.flatMap((group) => {
      const { break: found, cells, missing } = group;
      if (found === null) return [];
      const items = SIDES.flatMap((side) => cells[side].map(({ reference, text }) => reference ?? text)).join('; ');
      return [
        [
          ...[found.id, found.category, found.life, found.amount, currency, found.since, found.ageDays],
          ...[found.breakOn, found.owner, items, Object.values(missing).join('; ')],
        ],
      ];
    }),
  };
}

const FIGURES = [
  ...([
    'opening',
    'purchases',
    'grants',
    'adjustments',
    'usage',
    'expired',
    'refunds',
    'transfers',
    'closing',
  ] as const),
];

function rollSheet({ rollForward }: ReportDocument): Sheet {
  const ties = rollForward.ties.map(({ label, ours, theirs, difference }): Cell[] => [label, ours, theirs, difference]);
  return {
    name: 'Roll-forward',
    columns: [...columns('text', 'of'), ...columns('amount', ...FIGURES)],
    rows: [
      ...[...rollForward.rows, rollForward.total].map((row): Cell[] => [
        row.label,
        ...FIGURES.map((name) => row[name]),
      ]),
      [],
      ['Ties: ours, theirs, difference'],
      ...ties,
    ],
  };
}

/** Of the seller's books alone. */
function breakageSheets({ rollForward: { breakage } }: ReportDocument): Sheet[] {
  if (breakage.length === 0) return [];
  const figures = ['bought', 'used', 'expected', 'whenExpired', 'liabilityWhenExpired'] as const;
  const proportional = ['inProportion', 'liabilityInProportion'] as const;
  return [
    {
      name: 'Breakage',
      columns: [
        ...columns('text', 'bought in'),
        ...columns('amount', 'bought', 'used', 'expected to expire', 'recognised when expired'),
        ...columns('amount', 'liability when expired', 'recognised in proportion', 'liability in proportion'),
      ],
      rows: breakage.map((row): Cell[] => [row.month, ...[...figures, ...proportional].map((name) => row[name])]),
    },
  ];
}

function causesSheets({ causes, reconciliation: { currency } }: ReportDocument): Sheet[] {
  if (causes.length === 0) return [];
  return [
    {
      name: 'Causes',
      columns: [
        ...columns('text', 'difference of', 'cause', 'evidence', 'verdict'),
        ...columns('integer', 'rivals'),
        ...columns('amount', 'amount', 'left over'),
        ...columns('text', 'currency', 'adopted or kept', 'by'),
      ],
      rows: causes.map((cause): Cell[] => [
        ...[cause.label, cause.sentence, cause.detail, cause.verdict, cause.rivals, cause.difference, cause.residual],
        ...[currency, keptText(cause), cause.by],
      ]),
    },
  ];
}

function settingsSheet({ settings, sources, reconciliation, engine, decisions, samePerson }: ReportDocument): Sheet {
  const { period, head } = reconciliation;
  const { rules, sources: ownSettings, ...values } = settings;
  const signed = ([what, by]: readonly [string, { readonly by: string } | null]): Cell[] => [
    what,
    by?.by ?? 'nobody yet',
    null,
  ];
  return {
    name: 'Settings and hashes',
    columns: [...columns('text', 'what', 'value', 'sha-256')],
    rows: [
      ['Program', engine, null],
      ['Log head', null, head],
      ['Seal', period.sealed?.by ?? 'not sealed', period.sealed?.hash ?? null],
      ...[['Prepared by', period.prepared] as const, ['Reviewed by', period.reviewed] as const].map(signed),
      ...(samePerson ? [['Note', 'prepared and reviewed by the same person', null]] : []),
      ...sources.map(({ name, format, rows, sha256 }): Cell[] => [`File ${name}`, `${format}, ${rows} rows`, sha256]),
      ...Object.entries(values).map(([name, value]): Cell[] => [
        `Setting ${name}`,
        [value]
          .flat()
          .map((each) => (typeof each === 'object' ? rateText(each) : each))
          .join(', '),
        null,
      ]),
      ...ownSettings.map((own): Cell[] => [`Settings of ${own.name}`, settingsSay(own.set), null]),
      ...rules.map((rule): Cell[] => [`Rule ${rule.name}`, ruleText(rule), null]),
      ...decisions.map(({ actor, says, hash }): Cell[] => [`Decision by ${actor}`, says, hash]),
    ],
  };
}

function keptText({ isAdopted, isBeforeReopening }: ReportDocument['causes'][number]): string {
  return `${isAdopted ? 'adopted' : 'kept as a note'}${isBeforeReopening ? ', before the month was reopened' : ''}`;
}

function rateText(rate: ReportDocument['settings']['rates'][number] | null): string {
  return rate === null ? 'none' : `${rate.currency} ${rate.rate}`;
}

function ruleText({ side, how, text, then }: ReportDocument['settings']['rules'][number]): string {
  const result =
    then.kind === 'ignore' ? `ignored: ${then.reason}` : then.kind === 'category' ? then.category : 'in scope';
  return `${side} ${how} ${text}: ${result}`;
}
