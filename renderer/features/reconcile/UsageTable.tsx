/** What the vendor states of usage and invoices, beside what the replay gives. */
import { useMemo, type ReactNode } from 'react';
import type { UsageLine } from '../../../shared/contract/reconcile.ts';
import { Amount } from '../../ui/Amount.tsx';
import { isZero, widestFraction } from '../../ui/amountText.ts';
import { dateText, middleCut } from '../../ui/format.ts';
import type { Column } from '../../ui/tableText.ts';
import { Agreement, StatedTable, type Selecting } from './StatedTable.tsx';

const WHAT: Readonly<Record<UsageLine['what'], string>> = {
  month: 'Month',
  day: 'Day',
  sku: 'Model',
  invoice: 'Invoice',
};

export function UsageTable(
  props: {
    readonly lines: readonly UsageLine[];
    readonly digits: number;
    readonly currency: string;
  } & Selecting,
): ReactNode {
  const { lines, digits, currency, ...rest } = props;
  const columns = useMemo(() => columnsOf(lines, digits, currency), [lines, digits, currency]);
  return <StatedTable label="Usage and invoices" columns={columns} rows={lines} {...rest} />;
}

function columnsOf(lines: readonly UsageLine[], least: number, currency: string): readonly Column<UsageLine>[] {
  const digits = widestFraction(
    lines.flatMap(({ simulated, stated, difference }) => [simulated ?? '0', stated ?? '0', difference ?? '0']),
    least,
  );
  const wide = `minmax(${5.5 + digits * 0.45}rem, 0.5fr)`;
  const amount = (key: 'simulated' | 'stated', header: string): Column<UsageLine> => ({
    key,
    header,
    width: wide,
    align: 'right',
    cell: (line) => {
      const value = line[key];
      return value === null ? (
        <span className="agreement-none">{key === 'stated' ? 'not stated' : 'nothing simulated'}</span>
      ) : (
        <Amount value={value} digits={digits} exact />
      );
    },
    text: (line) => line[key] ?? '',
  });
  return [
    {
      key: 'state',
      header: 'State',
      width: '7rem',
      cell: ({ agrees, difference }) => <Agreement agrees={agrees} known={difference !== null} />,
      text: ({ agrees, difference }) => (difference === null ? 'not stated' : agrees ? 'agrees' : 'differs'),
    },
    { key: 'what', header: 'What', width: '5rem', cell: ({ what }) => WHAT[what], text: ({ what }) => WHAT[what] },
    {
      key: 'label',
      header: 'Of',
      width: 'minmax(8rem, 1fr)',
      cell: ({ label, what }) => (
        <strong className="agreement-label" title={label}>
          {what === 'day' ? dateText(label) : label}
        </strong>
      ),
      text: ({ label }) => label,
    },
    amount('simulated', `Simulated ${currency}`),
    amount('stated', `Stated ${currency}`),
    {
      key: 'difference',
      header: 'Difference',
      width: wide,
      align: 'right',
      cell: ({ difference }) =>
        difference === null ? null : isZero(difference) ? (
          <span className="agreement-none">=</span>
        ) : (
          <Amount value={difference} digits={digits} movement exact strong />
        ),
      text: ({ difference }) => difference ?? '',
    },
    {
      key: 'source',
      header: 'Stated by',
      width: 'minmax(8rem, 0.7fr)',
      cell: ({ source }) => (source === null ? null : <span title={source}>{middleCut(source, 34)}</span>),
      text: ({ source }) => source ?? '',
    },
  ];
}
