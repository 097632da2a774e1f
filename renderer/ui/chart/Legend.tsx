/** Legend entries are switches and carry counts; kinds that never happened are left out. */
import type { ReactNode } from 'react';
import { countText } from '../amountText.ts';
import { moveInRow } from '../roving.ts';
import { LEGEND, type LegendKey } from './legendKeys.ts';
import { MarkGlyph } from './MarkGlyph.tsx';

export function Legend(props: {
  readonly counts: Readonly<Partial<Record<LegendKey, number>>>;
  readonly hidden: ReadonlySet<LegendKey>;
  readonly onToggle: (key: LegendKey) => void;
}): ReactNode {
  const { counts, hidden, onToggle } = props;
  const entries = LEGEND.filter(({ key }) => key === 'balance' || (counts[key] ?? 0) > 0);
  return (
    <div className="legend" role="toolbar" aria-label="Shown in the chart" onKeyDown={moveInRow}>
      {entries.map(({ key, name }, index) => {
        const count = counts[key];
        return (
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
            <span>{name}</span>
            {count !== undefined && <span className="legend-count">{countText(count)}</span>}
          </button>
        );
      })}
    </div>
  );
}
