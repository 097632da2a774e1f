/** One line of a group: its state, a cell for each side, the difference; further items of a side take lines below. */
import { StickyNote } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GroupLine } from '../../../shared/contract/reconLists.ts';
import type { ReconGroup, ReconSide } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { amountText, isZero } from '../../ui/amountText.ts';
import { plural } from '../../ui/format.ts';
import { ItemText } from '../../ui/recon/ItemText.tsx';
import { SIDES, groupLook, openLink, shownDifference } from '../../ui/recon/reconWords.ts';
import { slotText, stateRemark } from './groupLines.ts';

interface Show {
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
}

export function GroupRow(
  props: Show & {
    readonly id: string;
    readonly line: GroupLine & { kind: 'group' };
    readonly rowIndex: number;
    readonly style: { readonly top: number; readonly height: number };
    readonly chosen: boolean;
    readonly onClick: (extend: boolean) => void;
    readonly onDoubleClick: () => void;
  },
): ReactNode {
  const { id, line, rowIndex, style, chosen, zone, digits, currency } = props;
  const { group, at, height } = line;
  const last = at === height - 1;
  const classes = ['table-row groups-grid', group.section, chosen ? 'chosen' : '', last ? 'last' : ''];
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={chosen}
      className={classes.filter((name) => name !== '').join(' ')}
      style={style}
      onClick={(event) => props.onClick(event.shiftKey)}
      onDoubleClick={props.onDoubleClick}
    >
      <div role="gridcell" className="cell">
        {at === 0 && <State group={group} digits={digits} />}
      </div>
      {SIDES.map((side) => (
        <div key={side} role="gridcell" className="cell compared">
          <Cell group={group} side={side} at={at} show={{ zone, digits, currency }} />
        </div>
      ))}
      <div role="gridcell" className="cell compared right">
        {at === 0 && <Difference group={group} digits={digits} />}
      </div>
    </div>
  );
}

function State({ group, digits }: { readonly group: ReconGroup; readonly digits: number }): ReactNode {
  const { icon: Icon, tone } = groupLook(group);
  const suggested = openLink(group);
  const off =
    group.section === 'to_decide' && suggested?.status === 'suggested' && !isZero(suggested.difference)
      ? `off by ${amountText(suggested.difference.replace('-', ''), { digits, exact: true })}`
      : '';
  const remark = off === '' ? stateRemark(group) : off;
  const title = [group.state, remark, group.ignored ?? ''].filter((part) => part !== '').join(', ');
  return (
    <span className={`groups-state tone-${tone}`} title={title}>
      <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
      <strong>{group.state}</strong>
      {remark !== '' && <span className="groups-note">{remark}</span>}
      {group.notes > 0 && (
        <StickyNote
          className="groups-notes"
          size="0.75rem"
          strokeWidth={2.1}
          role="img"
          aria-label={plural(group.notes, 'note')}
        />
      )}
    </span>
  );
}

function Cell(props: {
  readonly group: ReconGroup;
  readonly side: ReconSide;
  readonly at: number;
  readonly show: Show;
}): ReactNode {
  const { group, side, at, show } = props;
  const item = group.cells[side][at];
  if (item !== undefined) return <ItemText item={item} {...show} />;
  const slot = slotText(group, side, at);
  if (slot === '') return null;
  return (
    <span className="groups-slot" title={slot}>
      {slot}
    </span>
  );
}

/** Without a good or a bad colour, but for what only one side states. */
function Difference({ group, digits }: { readonly group: ReconGroup; readonly digits: number }): ReactNode {
  const { section, category } = group;
  const { amount: difference, word: called } = shownDifference(group);
  if (section === 'ignored') return null;
  if (isZero(difference))
    return (
      <span className="groups-note" title="no difference">
        =
      </span>
    );
  const alone = section === 'to_decide' && (category === 'missing_in_ledger' || category === 'missing_in_statement');
  const word = alone ? '' : called;
  return (
    <span className={alone ? 'groups-alone' : undefined}>
      <Amount value={difference} digits={digits} movement strong />
      {word !== '' && <span className="groups-note"> {word}</span>}
    </span>
  );
}
