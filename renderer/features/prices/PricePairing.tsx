/** What is compared: rows that state both cost and quantities, or a file of usage with one of costs. */
import { useState, type ReactNode } from 'react';
import type { PriceFile } from '../../../shared/contract/prices.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import type { FilePair } from './slice.ts';
import './prices.css';

type Way = 'rows' | 'files';

export function PricePairing(props: {
  readonly files: readonly PriceFile[];
  readonly pair: FilePair | null;
  readonly onCheck: (pair: FilePair | null) => void;
}): ReactNode {
  const { files, pair, onCheck } = props;
  const guess = likelyPair(files);
  const [way, setWay] = useState<Way>(pair === null ? 'rows' : 'files');
  const [chosen, setChosen] = useState<Partial<FilePair>>(pair ?? {});
  if (guess === null) return null;
  const usage = chosen.usage ?? guess.usage;
  const costs = chosen.costs ?? guess.costs;
  const options = (of: readonly PriceFile[]) => of.map(({ id, file }) => ({ value: String(id), label: file }));
  return (
    <div className="price-pairing">
      <Segmented<Way>
        label="Compare"
        value={way}
        onChange={(chosenWay) => {
          setWay(chosenWay);
          if (chosenWay === 'rows' && pair !== null) onCheck(null);
        }}
        options={[
          { value: 'rows', label: 'Rows with both', title: 'Rows that state both cost and quantities' },
          { value: 'files', label: 'Two files', title: 'The usage of one file with the costs of another' },
        ]}
      />
      {way === 'files' && (
        <>
          <Select
            label="Usage"
            value={String(usage)}
            options={options(files.filter(({ quantities }) => quantities))}
            onChange={(id) => setChosen((now) => ({ ...now, usage: Number(id) }))}
          />
          <span className="price-second">with the costs of</span>
          <Select
            label="Costs"
            value={String(costs)}
            options={options(files.filter((file) => file.costs))}
            onChange={(id) => setChosen((now) => ({ ...now, costs: Number(id) }))}
          />
          <Button disabled={usage === costs} onClick={() => onCheck({ usage, costs })}>
            {usage === costs ? 'Compare, two files are needed' : 'Compare'}
          </Button>
        </>
      )}
    </div>
  );
}

/** Files that state one side alone go first; null where there are no two. */
export function likelyPair(files: readonly PriceFile[]): FilePair | null {
  const usage = files.find(({ quantities, costs }) => quantities && !costs) ?? files.find((file) => file.quantities);
  const costs =
    files.find((file) => file.costs && !file.quantities) ?? files.find((file) => file.costs && file.id !== usage?.id);
  return usage === undefined || costs === undefined || usage.id === costs.id
    ? null
    : { usage: usage.id, costs: costs.id };
}
