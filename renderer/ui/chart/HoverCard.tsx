/**
 * What is at the point under the pointer: instant, access, what changed the balance, the balance after it, and where that
 * is written. For a cluster, its first marks.
 */
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ChartMark, ChartSpan, Range } from '../../../shared/contract/engine.ts';
import type { Instant, Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../Amount.tsx';
import { amountText, countText } from '../amountText.ts';
import { dayText, timeText, weekdayText } from '../format.ts';
import { cardStyle, listPlace, movingCardPlace, stayingCardPlace } from './cardPlace.ts';
import type { Beside, ChartAccount, ChartSpot } from './chartModel.ts';
import type { PlotGeometry } from './geometry.ts';
import { ItemCard, StatedCard } from './StatedCard.tsx';
import type { LaidOutPoint } from './statedLayout.ts';
import type { LaneItem } from './StatementLane.tsx';
import { MARK_NAMES } from './legendKeys.ts';
import { MarkGlyph } from './MarkGlyph.tsx';
import type { LaidOutMark } from './markLayout.ts';

const LISTED = 8;
/** Lines above and below the listed ones. */
const LIST_ENDS = 2;
/** About the size of a card, for finding it a place before it is drawn. */
const CARD = { width: 320, height: 50 };

interface HoverCardProps {
  readonly account: ChartAccount;
  readonly plot: PlotGeometry;
  readonly rem: number;
  readonly spot: ChartSpot | null;
  readonly cluster: LaidOutMark | null;
  /** The single mark under the pointer; it names itself. */
  readonly mark: ChartMark | null;
  /** The stated balance under the pointer, or the line in the lane; it goes before all else. */
  readonly stated: LaidOutPoint | null;
  readonly item: LaneItem | null;
  readonly spans: readonly ChartSpan[];
  readonly pinned: boolean;
  /** The point follows the pointer. */
  readonly moving: boolean;
  /** What a card that stays must not cover. */
  readonly marks: readonly LaidOutMark[];
  readonly lineBetween: (left: number, right: number) => { readonly top: number; readonly bottom: number } | null;
}

export function HoverCard(props: HoverCardProps): ReactNode {
  const { account, plot, rem, spot, cluster, mark, stated, item, spans, pinned, moving, marks, lineBetween } = props;
  if (stated !== null || item !== null) {
    const [x, y] = stated === null ? [((item?.left ?? 0) + (item?.right ?? 0)) / 2, plot.bottom] : [stated.x, stated.y];
    return (
      <div className="hover-card" style={cardStyle(plot, movingCardPlace(plot, x, y), x, y)}>
        {stated !== null ? (
          <StatedCard point={stated.point} facts={account} />
        ) : (
          item !== null && <ItemCard item={item.item} facts={account} />
        )}
      </div>
    );
  }
  if (cluster !== null) {
    const wanted = Math.min(LISTED, cluster.marks.length);
    const { listed, style } = listPlace(plot, { x: cluster.x, y: cluster.y, rem }, { wanted, besides: LIST_ENDS });
    return (
      <div className="hover-card" style={style}>
        <ClusterList account={account} cluster={cluster} listed={listed} />
      </div>
    );
  }
  if (spot === null) return null;
  const x = plot.x(spot.at);
  if (x < plot.left - 1 || x > plot.right + 1) return null;
  const closed = spans.some(({ from, to }) => from <= spot.at && (to === null || spot.at < to));
  const y = Math.min(Math.max(plot.y(spot.y), plot.top), plot.bottom);
  const place = moving
    ? movingCardPlace(plot, x, y)
    : stayingCardPlace({ plot, x, y, size: CARD, lineBetween, marks: marks.map(({ box }) => box) });
  return (
    <div className={pinned ? 'hover-card pinned' : 'hover-card'} style={cardStyle(plot, place, x, y)}>
      <div className="card-row">
        <strong>{`${mark?.about === true ? 'about ' : ''}${momentText(spot.at, account.zone)}`}</strong>
        {closed && (
          <span className="card-access">
            <Lock size="0.8125rem" strokeWidth={2.1} aria-hidden="true" /> closed
          </span>
        )}
      </div>
      <div className="card-row">
        <span className="card-what">{moving && mark !== null ? markWords(mark, account.digits) : spot.what}</span>
        <Amount value={spot.balance} digits={account.digits} strong />
      </div>
      {spot.beside !== undefined && spot.beside !== null && (
        <div className="card-row card-beside">
          <span className="card-what">{`${spot.beside.name}, difference ${differenceText(spot.beside, account)}`}</span>
          <Amount value={spot.beside.balance} digits={account.digits} />
        </div>
      )}
      {spot.between !== undefined && spot.between !== null && (
        <div className="card-foot">{betweenText(spot.between, account)}</div>
      )}
      {moving && spot.source !== null && <div className="mono card-source">{spot.source}</div>}
    </div>
  );
}

function differenceText({ difference }: Beside, { digits }: ChartAccount): string {
  return amountText(difference, { digits, sign: 'movement' });
}

function betweenText([low, high]: Range, { digits, within }: ChartAccount): string {
  const [from, to] = [low, high].map((amount) => amountText(amount, { digits }));
  return `between ${from} and ${to}, by where in ${within} the usage fell`;
}

function markWords({ kind, amount }: ChartMark, digits: number): string {
  const name = MARK_NAMES[kind];
  return amount === null ? name : `${name} ${amountText(amount.replace('-', ''), { digits })}`;
}

function momentText(at: Instant, zone: Zone): string {
  return `${weekdayText(at, zone, true)} ${timeText(at, zone, 'ms')} ${zone.name}`;
}

function ClusterList({
  account,
  cluster,
  listed,
}: {
  readonly account: ChartAccount;
  readonly cluster: LaidOutMark;
  readonly listed: number;
}): ReactNode {
  const more = cluster.marks.length - listed;
  return (
    <>
      <div className="card-row">
        <strong className="card-title">
          <MarkGlyph kind={cluster.kind} />
          {`${countText(cluster.marks.length)} × ${MARK_NAMES[cluster.kind]}`}
        </strong>
      </div>
      {cluster.marks.slice(0, listed).map((mark) => (
        <div className="card-row" key={mark.record}>
          <span className="card-what">{`${dayText(mark.at, account.zone, true)} ${timeText(mark.at, account.zone)}`}</span>
          {mark.amount !== null && <span>{amountText(mark.amount, { digits: account.digits })}</span>}
        </div>
      ))}
      <div className="card-foot">
        {more > 0 ? `${countText(more)} more; click zooms to them` : 'click zooms to them'}
      </div>
    </>
  );
}
