/** The import page with nothing on it: what belongs here and how it gets in. */
import { ClipboardPaste, FilePlus2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';

const READ: readonly (readonly [title: string, what: string])[] = [
  [
    'Usage and cost',
    'OpenAI, Anthropic, OpenRouter, LiteLLM and DeepSeek exports; any CSV, TSV, NDJSON, JSON, CloudEvents, Parquet or XLSX with a time and a cost or tokens',
  ],
  [
    'Statements',
    'OFX and QFX, CAMT.053, MT940, bank CSV of any dialect, QuickBooks and Xero CSV, Stripe exports, invoices as JSON or PDF, FOCUS',
  ],
  ['Packed', 'each of them also inside gzip, zip or zstd'],
];

export function ImportEmpty(props: { readonly onAdd: () => void; readonly onPaste: () => void }): ReactNode {
  return (
    <div className="import-empty">
      <h2>Drop files anywhere in the window</h2>
      <p>
        Usage logs, cost exports and statements are recognised by their content and shown before anything is kept. They
        stay on this computer.
      </p>
      <p className="file-offers">
        <Button look="solid" icon={FilePlus2} onClick={props.onAdd}>
          Choose files
        </Button>
        <Button icon={ClipboardPaste} onClick={props.onPaste}>
          Paste rows
        </Button>
      </p>
      <dl>
        {READ.map(([title, what]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
