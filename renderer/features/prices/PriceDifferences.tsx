/** Models and days at which stated costs and prices are not equal, what differs first. */
import { useMemo, type ReactNode } from 'react';
import type { PriceDifferenceRow, PriceLineVerdict } from '../../../shared/contract/prices.ts';
import { Amount } from '../../ui/Amount.tsx';
import { countText, widestFraction } from '../../ui/amountText.ts';
import { dateText, middleCut } from '../../ui/format.ts';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import './prices.css';

export const VERDICTS: Readonly<Record<PriceLineVerdict, string>> = {
  equal: 'equal',
  rounding: 'rounding',
  differs: 'differs',
  complimentary: 'complimentary',
  unpriced: 'no price',
  cost_only: 'cost without usage',
  usage_only: 'usage without cost',
};

export function PriceDifferences(props: {
  readonly lines: readonly PriceDifferenceRow[];
  readonly currency: string;
  readonly digits: number;
  readonly selected: number | null;
  readonly onSelect: (index: number | null) => void;
}): ReactNode {
  const { lines, currency, digits, selected, onSelect } = props;
  const columns = useMemo(() => differenceColumns(lines, currency, digits), [lines, currency, digits]);
  return (
    <Table
      label="Differences"
      columns={columns}
      total={lines.length}
      row={(index) => lines[index]}
      onNeed={nothing}
      selected={selected}
      onSelect={onSelect}
      rowClass={({ verdict }) => (verdict === 'differs' ? 'differs' : '')}
      minWidth="68rem"
      empty="Every cost that could be compared is its price."
    />
  );
}

/** All rows are at hand. */
function nothing(): void {
  return undefined;
}

function differenceColumns(
  lines: readonly PriceDifferenceRow[],
  currency: string,
  digits: number,
): readonly Column<PriceDifferenceRow>[] {
  const amount = (key: 'stated' | 'priced' | 'difference', header: string): Column<PriceDifferenceRow> => {
    const widest = widestFraction(
      lines.map((line) => line[key]),
      digits,
    );
    return {
      key,
      header,
      width: `minmax(7rem, ${4 + widest * 0.45}rem)`,
      align: 'right',
      cell: (line) => <Amount value={line[key]} digits={widest} exact movement={key === 'difference'} />,
      text: (line) => line[key],
    };
  };
  return [
    {
      key: 'sku',
      header: 'Model',
      width: 'minmax(12rem, 1.2fr)',
      cell: ({ sku }) => (
        <span className="price-sku" title={sku}>
          {middleCut(sku, 36)}
        </span>
      ),
      text: ({ sku }) => sku,
    },
    {
      key: 'day',
      header: 'Day',
      width: '5.5rem',
      cell: ({ day }) => <time dateTime={day}>{dateText(day, true)}</time>,
      text: ({ day }) => day,
    },
    amount('stated', `Stated ${currency}`),
    amount('priced', 'Priced'),
    amount('difference', 'Difference'),
    {
      key: 'rows',
      header: 'Rows',
      width: '4rem',
      align: 'right',
      cell: ({ usageRows, costRows }) => countText(Math.max(usageRows, costRows)),
      text: ({ usageRows, costRows }) => String(Math.max(usageRows, costRows)),
    },
    {
      key: 'verdict',
      header: 'Verdict',
      width: '8rem',
      cell: ({ verdict }) => <span className={`price-verdict ${verdict}`}>{VERDICTS[verdict]}</span>,
      text: ({ verdict }) => VERDICTS[verdict],
    },
    {
      key: 'hint',
      header: 'The stated cost',
      width: 'minmax(14rem, 1.8fr)',
      cell: (line) => {
        const text = hintOf(line);
        return (
          <span className="price-second" title={text}>
            {text}
          </span>
        );
      },
      text: hintOf,
    },
  ];
}

function hintOf({ verdict, hint }: PriceDifferenceRow): string {
  if (hint !== null) return hint;
  return verdict === 'differs' ? 'fits no mistake or rule that is known' : '';
}
