/** What Import will do, what stays out and why, and what is kept for the next file. */
import { Columns3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { plural } from '../../ui/format.ts';

export function ImportFooter(props: {
  readonly taken: number;
  readonly staysOut: string;
  /** Null where the chosen file has no header by which another could be known again. */
  readonly remember: boolean | null;
  /** Null where columns have no say in how the chosen file is read. */
  readonly columnsShown: boolean | null;
  readonly onRemember: (remember: boolean) => void;
  readonly onColumns: (shown: boolean) => void;
  readonly onImport: () => void;
}): ReactNode {
  const { taken, staysOut, remember, columnsShown, onColumns } = props;
  return (
    <footer className="import-footer">
      {remember !== null && (
        <Checkbox
          label="Read files like this the same way from now on"
          checked={remember}
          onChange={props.onRemember}
        />
      )}
      <div className="import-footer-end">
        {staysOut !== '' && <span className="stays-out">{staysOut}</span>}
        {columnsShown !== null && (
          <Button icon={Columns3} expanded={columnsShown} onClick={() => onColumns(!columnsShown)}>
            {columnsShown ? 'Show lines' : 'Change columns'}
          </Button>
        )}
        <Button look="solid" keys="Ctrl Enter" disabled={taken === 0} onClick={props.onImport}>
          {taken === 0 ? 'Nothing to import' : `Import ${plural(taken, 'file')}`}
        </Button>
      </div>
    </footer>
  );
}
