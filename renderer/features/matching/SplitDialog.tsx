/** One item in parts that add up to it, each to be matched by itself. */
import { Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ReconItem } from '../../../shared/contract/reconcile.ts';
import { amountText, isZero } from '../../ui/amountText.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { itemName } from '../../ui/recon/reconWords.ts';
import { leftOf, readAmount } from './amountField.ts';
import { Form } from './Form.tsx';

export function SplitDialog(props: {
  readonly item: ReconItem;
  readonly digits: number;
  readonly onSplit: (parts: readonly string[]) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { item, digits, onSplit, onClose } = props;
  const [parts, setParts] = useState<readonly string[]>(['', '']);
  const [tried, setTried] = useState(false);
  const given = parts.map((part) => (part.trim() === '' ? '0' : part));
  const left = leftOf(item.amount, given);
  const problem = problemOf(parts, left, digits);
  return (
    <Dialog
      title={`Split ${itemName(item)}, ${amountText(item.amount, { digits })} ${item.currency}`}
      onClose={onClose}
    >
      <Form
        verb={`Split into ${parts.length}`}
        problem={problem}
        shown={tried}
        onClose={onClose}
        onSend={() => {
          setTried(true);
          if (problem === null) onSplit(parts.flatMap((part) => readAmount(part) ?? []));
        }}
      >
        {parts.map((part, index) => (
          <div key={index} className="form-row">
            <span>{`Part ${index + 1}`}</span>
            <span className="split-part">
              <input
                type="text"
                className="field short"
                aria-label={`Part ${index + 1}`}
                inputMode="decimal"
                data-first={index === 0 ? '' : undefined}
                value={part}
                onChange={(event) => {
                  const value = event.currentTarget.value;
                  setParts(parts.map((one, at) => (at === index ? value : one)));
                }}
              />
              {parts.length > 2 && (
                <IconButton
                  icon={Trash2}
                  label={`Remove part ${index + 1}`}
                  onClick={() => setParts(parts.filter((_, at) => at !== index))}
                />
              )}
              {left !== null && !isZero(left) && part.trim() === '' && (
                <Button
                  small
                  look="quiet"
                  onClick={() => setParts(parts.map((one, at) => (at === index ? left : one)))}
                >
                  {`Take the rest, ${amountText(left, { digits })}`}
                </Button>
              )}
            </span>
          </div>
        ))}
        <div>
          <Button small icon={Plus} onClick={() => setParts([...parts, ''])}>
            Add part
          </Button>
        </div>
        <p className="form-note" role="status">
          {left === null ? 'A part is no amount.' : `Left over ${amountText(left, { digits, sign: 'movement' })}`}
        </p>
      </Form>
    </Dialog>
  );
}

function problemOf(parts: readonly string[], left: string | null, digits: number): string | null {
  if (parts.some((part) => readAmount(part) === null)) return 'Each part is an amount such as 12.50';
  if (left === null || !isZero(left))
    return `The parts do not add up: ${amountText(left ?? '0', { digits, sign: 'movement' })} is left over`;
  return parts.some((part) => isZero(readAmount(part) ?? '0')) ? 'A part of nothing is no part' : null;
}
