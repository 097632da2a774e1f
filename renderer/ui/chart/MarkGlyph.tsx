/** One shape for each kind of mark, in the chart, the legend and the timeline: the twin that survives greyscale. */
import type { ReactNode } from 'react';
import type { LegendKey } from './legendKeys.ts';

const UP = 'M0 -4.6 L5 4.2 L-5 4.2 Z';
const DOWN = 'M0 4.8 L5 -3.8 L-5 -3.8 Z';

/** The shape around the origin, about 11 px wide. */
export function GlyphShape({ kind }: { readonly kind: LegendKey }): ReactNode {
  switch (kind) {
    case 'balance':
      return <path className="glyph-line tone-balance" d="M-7 -3 L-2 4 V-4 L4 4 V-2 L7 3" />;
    case 'band':
      return <path className="glyph-band" d="M-7 -1 L0 -5 L7 -1 V5 L0 1 L-7 5 Z" />;
    case 'purchase':
      return <path className="glyph-solid tone-credit" d={UP} />;
    case 'auto_recharge':
      return <path className="glyph-hollow tone-credit" d={UP} />;
    case 'grant':
      return <path className="glyph-line glyph-heavy tone-credit" d="M0 -5 V5 M-5 0 H5" />;
    case 'skipped':
    case 'declined':
      return (
        <g className="tone-ink-2">
          <path className={kind === 'declined' ? 'glyph-dashed glyph-faint' : 'glyph-dashed'} d={UP} />
          <path className="glyph-line" d="M-5.5 5.5 L5.5 -5.5" />
        </g>
      );
    case 'expiry':
      return <path className="glyph-solid tone-expiry" d={DOWN} />;
    case 'refund':
      return <path className="glyph-hollow tone-ink-2" d={DOWN} />;
    case 'adjustment':
      return <path className="glyph-line glyph-heavy tone-ink-2" d="M-4.5 -2.5 H4.5 M0 -6.5 V1.5 M-4.5 5 H4.5" />;
    case 'paused':
      return <path className="glyph-line glyph-heavy tone-ink-2" d="M-2.4 -4.5 V4.5 M2.4 -4.5 V4.5" />;
    case 'plan':
      return <path className="glyph-hollow tone-ink-2" d="M-3.5 6 V-5.5 H5 L2.5 -2.5 L5 0.5 H-3.5" />;
    case 'tier':
      return <path className="glyph-line tone-ink-2" d="M-4.5 0.5 L0 -4 L4.5 0.5 M-4.5 5 L0 0.5 L4.5 5" />;
    case 'overrun':
      return (
        <g className="tone-debt">
          <path className="glyph-hollow" d="M-6 -5 H6 V5 H-6 Z" />
          <path className="glyph-line glyph-thin" d="M-6 1 L0 -5 M-4.5 5 L5 -4.5 M1 5 L6 0" />
        </g>
      );
    case 'stated':
      return <path className="glyph-hollow tone-evidence" d="M0 -5.5 L5.5 0 L0 5.5 L-5.5 0 Z" />;
    case 'statements':
      return (
        <g className="tone-evidence">
          <path className="glyph-solid" d="M-6.5 -5 H3 V-1 H-6.5 Z" />
          <path className="glyph-hollow glyph-thin" d="M-3 2 H6 V5.5 H-3 Z" />
        </g>
      );
    case 'cutoff':
      return (
        <g className="tone-closed">
          <path className="glyph-hollow" d="M-6 -5 H6 V5 H-6 Z" />
          <path className="glyph-line glyph-thin" d="M6 1 L0 -5 M4.5 5 L-5 -4.5 M-1 5 L-6 0" />
        </g>
      );
  }
}

/** The shape as a picture of its own, beside text that names it. */
export function MarkGlyph({ kind }: { readonly kind: LegendKey }): ReactNode {
  return (
    <svg className="glyph" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
      <GlyphShape kind={kind} />
    </svg>
  );
}
