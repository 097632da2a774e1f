/** The table of trust tiers in a dialog: what each needs and allows, cell by cell. */
import { Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { minorDigitsOf } from '../../../shared/domain/money.ts';
import { TIER_COLUMNS } from '../../../shared/domain/tierText.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import './tiers.css';
import { newTier, tierRows, tierTextOf, type TierCells, type TierProblem } from './tierRows.ts';

export function TiersDialog(props: {
  readonly text: string;
  readonly saved: string;
  readonly currency: string;
  readonly onSet: (text: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { text, saved, currency, onSet, onClose } = props;
  const digits = minorDigitsOf(currency);
  const [rows, setRows] = useState<readonly TierCells[]>(() => tierRows(text, digits));
  const [problem, setProblem] = useState<TierProblem | null>(null);
  const change = (next: readonly TierCells[]): void => {
    setRows(next);
    setProblem(null);
  };
  const apply = (): void => {
    const answer = tierTextOf(rows, currency);
    if (answer.ok) onSet(answer.text);
    else setProblem(answer.problem);
  };
  return (
    <Dialog title={`Trust tiers, lowest first, amounts in ${currency}`} onClose={onClose}>
      <table className="tiers-table">
        <thead>
          <tr>
            {TIER_COLUMNS.map(({ field, label }) => (
              <th key={field} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {TIER_COLUMNS.map(({ field, label }) => (
                <td key={field}>
                  <input
                    type="text"
                    className={field === 'name' ? 'field' : 'field right'}
                    aria-label={`${label} of tier ${row + 1}`}
                    aria-invalid={problem?.row === row && problem.field === field}
                    value={cells[field]}
                    spellCheck={false}
                    onChange={(event) => {
                      const value = event.currentTarget.value;
                      change(rows.map((one, at) => (at === row ? { ...one, [field]: value } : one)));
                    }}
                  />
                </td>
              ))}
              <td>
                <IconButton
                  icon={Trash2}
                  label={`Remove ${cells.name}`}
                  onClick={() => change(rows.filter((_, at) => at !== row))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="tiers-none">No tiers: the policy&apos;s own limits hold.</p>}
      {problem !== null && (
        <p className="value-problem" role="alert">
          {`Tier ${problem.row + 1}, ${labelOf(problem)}: ${problem.message}`}
        </p>
      )}
      <div className="tiers-foot">
        <Button small icon={Plus} onClick={() => change([...rows, newTier(rows)])}>
          Add tier
        </Button>
        <Button small look="quiet" onClick={() => change(tierRows(saved, digits))}>
          As saved
        </Button>
        <span className="tiers-end">
          <Button small onClick={onClose}>
            Cancel
          </Button>
          <Button small look="solid" onClick={apply}>
            {`Try ${rows.length} ${rows.length === 1 ? 'tier' : 'tiers'}`}
          </Button>
        </span>
      </div>
    </Dialog>
  );
}

function labelOf({ field }: TierProblem): string {
  return TIER_COLUMNS.find((column) => column.field === field)?.label ?? '';
}
