/**
 * The figures of every run beside the baseline's, each with its change. A change has no good or bad colour: who reads it
 * decides that.
 */
import { memo, type ReactNode } from 'react';
import type { WhatIfFigure } from '../../../shared/contract/whatIf.ts';
import { figureDelta, figureText, saysSomething, unitText } from './figureText.ts';
import type { RunColumn } from './columns.ts';
import { VariantHead, type VariantActions } from './VariantHead.tsx';
import './compareTable.css';

export interface CompareTableProps {
  readonly baseline: readonly WhatIfFigure[];
  readonly baselineName: string;
  readonly columns: readonly RunColumn[];
  readonly range: string;
  readonly currency: string;
  readonly digits: number;
  readonly all: boolean;
  /** What is tried could not be run: its figures are the last good ones. */
  readonly isStale: boolean;
  readonly onAll: (all: boolean) => void;
  readonly actions: VariantActions;
}

export function CompareTable(props: CompareTableProps): ReactNode {
  const { baseline, baselineName, columns, range, currency, digits, all, isStale, onAll, actions } = props;
  const runs = [baseline, ...columns.map(({ figures }) => figures)];
  const rows = all ? baseline : baseline.filter(({ name }) => saysSomething(name, runs));
  const left = baseline.length - rows.length;
  return (
    <div className="compare-part">
      <div className="compare-scroll" tabIndex={0} role="region" aria-label="Figures of the runs">
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col" className="compare-range">
                {range}
              </th>
              <th scope="col" className="compare-base">
                {baselineName}
              </th>
              {columns.map((column, place) => (
                <VariantHead
                  key={column.id ?? 'tried'}
                  column={column}
                  isFirst={columns.findIndex(({ id }) => id !== null) === place}
                  isLast={place === columns.length - 1}
                  actions={actions}
                />
              ))}
              <th className="compare-rest" aria-hidden="true" />
            </tr>
          </thead>
          <tbody>
            {rows.map((figure, index) => (
              <tr key={figure.name}>
                <th scope="row">
                  {figure.label} <span className="compare-unit">{unitText(figure, currency)}</span>
                </th>
                <td className={isDebt(figure) ? 'compare-base debt' : 'compare-base'} title={exact(figure.value)}>
                  {figureText(figure, digits)}
                </td>
                {columns.map((column) => (
                  <Cells
                    key={column.id ?? 'tried'}
                    figure={column.figures.find(({ name }) => name === figure.name)}
                    digits={digits}
                    isTried={column.isTried}
                    isStale={isStale && column.isTried}
                  />
                ))}
                {columns.length === 0 && index === 0 ? (
                  <td className="compare-hint" rowSpan={rows.length}>
                    <p>Move a control: every figure under it stands here, with its change.</p>
                    <p>
                      <kbd>P</kbd> pins what is tried; up to six stand side by side.
                    </p>
                  </td>
                ) : (
                  columns.length > 0 && <td className="compare-rest" />
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {(left > 0 || all) && (
          <button type="button" className="compare-more" onClick={() => onAll(!all)}>
            {all ? 'Leave out figures that are 0 or none in every run' : `${left} more, 0 or none in every run`}
          </button>
        )}
      </div>
    </div>
  );
}

interface CellsProps {
  readonly figure: WhatIfFigure | undefined;
  readonly digits: number;
  readonly isTried: boolean;
  readonly isStale: boolean;
}

/** A moved control changes a few figures of the run that is tried: cells that say the same are not drawn again. */
const Cells = memo(function Cells(props: CellsProps): ReactNode {
  const { figure, digits, isTried, isStale } = props;
  const look = `${isTried ? ' tried' : ''}${isStale ? ' stale' : ''}`;
  if (figure === undefined) {
    return (
      <>
        <td className={`compare-value${look}`} />
        <td className={`compare-delta${look}`} />
      </>
    );
  }
  return (
    <>
      <td className={`compare-value${look}${isDebt(figure) ? ' debt' : ''}`} title={exact(figure.value)}>
        {figureText(figure, digits)}
      </td>
      <td
        className={`compare-delta${look}${figure.same ? ' same' : ''}`}
        title={figure.delta === null ? undefined : exact(figure.delta)}
      >
        {figureDelta(figure, digits)}
      </td>
    </>
  );
}, saysTheSame);

function saysTheSame(a: CellsProps, b: CellsProps): boolean {
  return (
    a.digits === b.digits &&
    a.isTried === b.isTried &&
    a.isStale === b.isStale &&
    a.figure?.name === b.figure?.name &&
    a.figure?.value === b.figure?.value &&
    a.figure?.delta === b.figure?.delta &&
    a.figure?.same === b.figure?.same
  );
}

function isDebt({ kind, value }: WhatIfFigure): boolean {
  return kind === 'amount' && /^-.*[1-9]/.test(value);
}

/** Every digit, with a true minus. */
function exact(value: string): string {
  return value.replace(/^-/, '−');
}
