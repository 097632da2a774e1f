/** The icon of a timeline row: the chart's mark where the chart has one, else a lucide icon in the same meaning. */
import { ArrowDownToLine, Ban, Lock, LockOpen, OctagonX, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { MarkGlyph } from '../../ui/chart/MarkGlyph.tsx';
import type { TimelineIcon } from './describe.ts';

const LUCIDE = { size: '0.875rem', strokeWidth: 2.1, 'aria-hidden': true } as const;

export function EventIcon({ icon }: { readonly icon: TimelineIcon }): ReactNode {
  switch (icon) {
    case 'purchase':
    case 'auto_recharge':
    case 'grant':
    case 'adjustment':
    case 'refund':
    case 'declined':
    case 'expiry':
    case 'skipped':
    case 'paused':
    case 'tier':
    case 'plan':
      return <MarkGlyph kind={icon} />;
    case 'posting':
      return <ArrowDownToLine className="event-icon tone-credit" {...LUCIDE} />;
    case 'refused':
      return <Ban className="event-icon tone-closed" {...LUCIDE} />;
    case 'resumed':
      return <Play className="event-icon tone-ink-2" {...LUCIDE} />;
    case 'cutoff':
      return <Lock className="event-icon tone-closed" {...LUCIDE} />;
    case 'restored':
      return <LockOpen className="event-icon tone-credit" {...LUCIDE} />;
    case 'limit':
      return <OctagonX className="event-icon tone-closed" {...LUCIDE} />;
  }
}
