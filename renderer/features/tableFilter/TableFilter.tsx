/** The field that narrows one of the account's tables, and how many of its rows are left. */
import { useEffect, type ReactNode } from 'react';
import type { TableName } from '../../../shared/contract/engine.ts';
import { countText } from '../../ui/amountText.ts';
import { FilterField } from '../../ui/FilterField.tsx';
import type { Narrowed } from './slice.ts';
import './tableFilter.css';

const LIST = '.tables-panel [role=grid]';

const ROWS: Readonly<Record<TableName, string>> = {
  timeline: 'events',
  lots: 'lots',
  invoices: 'invoices',
  usage: 'usage rows',
};

export function TableFilter(props: {
  readonly table: TableName;
  readonly narrowed: Narrowed;
  readonly total: number;
  readonly onSearch: (search: string) => void;
}): ReactNode {
  const { table, narrowed, total, onSearch } = props;
  const { search, places, looked } = narrowed;
  // another list is read from its top; a selection in it is scrolled to after that
  useEffect(() => {
    document.querySelector(LIST)?.scrollTo({ top: 0 });
  }, [places]);
  return (
    <div className="table-filter">
      <span className="table-filter-count" aria-hidden={looked !== null} role="status">
        {looked === null && places !== null && `${countText(places.length)} of ${countText(total)}`}
        {/* what is over within a frame or two is not worth a figure that flickers */}
        {looked !== null && looked > 0 && `Looking, ${Math.floor(looked * 100)} %`}
      </span>
      <FilterField
        label={`Filter ${ROWS[table]}`}
        placeholder={`Filter ${ROWS[table]}, key /`}
        value={search}
        onChange={onSearch}
        list={LIST}
      />
    </div>
  );
}
