/** What the chart shows: the baseline, the run that is tried with its letter, its marks with their counts. */
import type { ReactNode } from 'react';
import { countText } from '../../ui/amountText.ts';
import { LEGEND, type LegendKey } from '../../ui/chart/legendKeys.ts';
import { MarkGlyph } from '../../ui/chart/MarkGlyph.tsx';
import { moveInRow } from '../../ui/roving.ts';

export function WhatIfLegend(props: {
  readonly baselineName: string;
  /** Empty while nothing is changed. */
  readonly letter: string;
  readonly name: string;
  readonly counts: Readonly<Partial<Record<LegendKey, number>>>;
  readonly baselineCutoffs: number;
  readonly hidden: ReadonlySet<LegendKey>;
  /** What is not drawn here, in words. */
  readonly without: string | null;
  readonly onToggle: (key: LegendKey) => void;
}): ReactNode {
  const { baselineName, letter, name, counts, baselineCutoffs, hidden, without, onToggle } = props;
  const isCompared = letter !== '';
  const entries = LEGEND.filter(
    ({ key }) => (counts[key] ?? 0) > 0 || (isCompared && key === 'cutoff' && baselineCutoffs > 0),
  );
  return (
    <div className="what-if-legend">
      {isCompared && (
        <span className="legend-run">
          <LineSample look="baseline-line" /> {baselineName}
        </span>
      )}
      <span className="legend-run">
        {isCompared && <span className="variant-letter tried">{letter}</span>}
        <LineSample look="balance-line" /> <strong>{isCompared ? name : baselineName}</strong>
      </span>
      <span className="legend" role="toolbar" aria-label="Shown in the chart" onKeyDown={moveInRow}>
        {entries.map(({ key, name: what }, index) => (
          <button
            key={key}
            type="button"
            role="switch"
            tabIndex={index === 0 ? 0 : -1}
            aria-checked={!hidden.has(key)}
            className="legend-entry"
            data-legend={key}
            onClick={() => onToggle(key)}
          >
            <MarkGlyph kind={key} />
            <span>{what}</span>
            <span className="legend-count">
              {key === 'cutoff' && isCompared
                ? `${countText(baselineCutoffs)} → ${countText(counts[key] ?? 0)}`
                : countText(counts[key] ?? 0)}
            </span>
          </button>
        ))}
      </span>
      {without !== null && <span className="legend-without">{without}</span>}
    </div>
  );
}

function LineSample({ look }: { readonly look: 'baseline-line' | 'balance-line' }): ReactNode {
  return (
    <svg className="legend-line" viewBox="0 0 22 8" width="22" height="8" aria-hidden="true">
      <path className={look} d="M0 4H22" />
    </svg>
  );
}
