/** What a line of a group says, and groups as text. Pure. */
import type { ReconGroup, ReconSide } from '../../../shared/contract/reconcile.ts';
import { countText } from '../../ui/amountText.ts';
import { tabbed } from '../../ui/tableText.ts';
import { SIDES, SIDE_NAMES, isSettledAlone, itemName, shownDifference } from '../../ui/recon/reconWords.ts';

export const SECTION_TITLES: Readonly<Record<ReconGroup['section'], string>> = {
  to_decide: 'To decide',
  matched: 'Matched',
  ignored: 'Ignored',
};

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
  return tabbed([header, ...rows]);
}
