/**
 * The groups of a month as lines of one height: a title for each section, and as many lines for a group as its fullest
 * side has items. Pure.
 */
import type { ReconGroup, ReconSide } from '../../../shared/contract/reconcile.ts';
import { countText } from '../../ui/amountText.ts';
import { SIDES, SIDE_NAMES, isSettledAlone, itemName, shownDifference } from '../../ui/recon/reconWords.ts';

export type GroupLine =
  | { readonly kind: 'section'; readonly title: string; readonly count: number }
  | {
      readonly kind: 'group';
      readonly group: ReconGroup;
      /** Of all groups that are listed. */
      readonly place: number;
      /** Which of its items each side shows on this line. */
      readonly at: number;
      readonly last: boolean;
    };

export interface GroupLines {
  readonly lines: readonly GroupLine[];
  readonly groups: readonly ReconGroup[];
  /** The first line of each group. */
  readonly lineOf: readonly number[];
}

const SECTIONS = [
  ['to_decide', 'To decide'],
  ['matched', 'Matched'],
  ['ignored', 'Ignored'],
] as const;

/** @param step of the bridge, whose groups alone are listed; null: all */
export function groupLines(all: readonly ReconGroup[], step: string | null): GroupLines {
  const lines: GroupLine[] = [];
  const groups: ReconGroup[] = [];
  const lineOf: number[] = [];
  const chosen = step === null ? all : all.filter(({ steps }) => steps.includes(step));
  for (const [section, title] of SECTIONS) {
    const here = chosen.filter((group) => group.section === section);
    if (here.length === 0) continue;
    lines.push({ kind: 'section', title, count: here.length });
    for (const group of here) {
      const height = heightOf(group);
      lineOf.push(lines.length);
      for (let at = 0; at < height; at += 1)
        lines.push({ kind: 'group', group, place: groups.length, at, last: at === height - 1 });
      groups.push(group);
    }
  }
  return { lines, groups, lineOf };
}

function heightOf({ cells }: ReconGroup): number {
  return Math.max(1, ...SIDES.map((side) => cells[side].length));
}

/** Beside the state: how old a break is, how far off a suggestion. */
export function stateRemark(group: ReconGroup): string {
  const { break: open, section } = group;
  if (section === 'ignored' || isSettledAlone(group)) return '';
  if (open !== null && open.life === 'resolved') return 'resolved';
  if (open === null || open.ageDays < 1) return '';
  return open.ageDays === 1 ? '1 day' : `${countText(open.ageDays)} days`;
}

/** What a cell without an item says: what is missing, and until when it may be; empty where nothing is expected. */
export function slotText(group: ReconGroup, side: ReconSide, at: number): string {
  return at === 0 && group.cells[side].length === 0 ? (group.missing[side] ?? '') : '';
}

/** Groups as tab-separated text with headers, a line for each of theirs; amounts exact. */
export function groupsText(groups: readonly ReconGroup[], currency: string): string {
  const header = [
    'State',
    ...SIDES.flatMap((side) => [
      `${SIDE_NAMES[side]} date`,
      SIDE_NAMES[side],
      `${SIDE_NAMES[side]} amount`,
      'Currency',
    ]),
    `Difference ${currency}`,
    'Category',
  ];
  const rows = groups.flatMap((group) =>
    Array.from({ length: heightOf(group) }, (_, at) => [
      at === 0 ? group.state : '',
      ...SIDES.flatMap((side) => {
        const item = group.cells[side][at];
        if (item === undefined) return ['', slotText(group, side, at), '', ''];
        return [item.date, itemName(item), item.amount, item.currency];
      }),
      at === 0 ? shownDifference(group).amount : '',
      at === 0 ? shownDifference(group).word : '',
    ]),
  );
  const clean = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
  return [header, ...rows].map((cells) => cells.map(clean).join('\t')).join('\n');
}
