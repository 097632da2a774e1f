/** No files yet: what belongs here and how it comes in. */
import { FilePlus2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';

export function FilesEmpty({ onAdd }: { readonly onAdd: () => void }): ReactNode {
  return (
    <div className="data-empty">
      <h2>No files in this account</h2>
      <p>Drop usage logs, cost exports or statements anywhere in the window. Each is shown before it is kept.</p>
      <p>
        <Button look="solid" icon={FilePlus2} onClick={onAdd}>
          Choose files
        </Button>
      </p>
    </div>
  );
}
