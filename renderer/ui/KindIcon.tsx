/** What a file holds, as one sign: usage, a bank's statement, invoices, or nothing that was recognised. */
import { Activity, FileQuestionMark, Landmark, ReceiptText } from 'lucide-react';
import type { ReactNode } from 'react';
import { isInvoices, type Known } from './fileKind.ts';

const ICONS = { usage: Activity, bank: Landmark, invoices: ReceiptText, unknown: FileQuestionMark };

export function KindIcon({ of }: { readonly of: Known }): ReactNode {
  const Icon = ICONS[of.kind === 'statement' ? (isInvoices(of) ? 'invoices' : 'bank') : of.kind];
  return <Icon className="kind-icon" size="1rem" strokeWidth={1.9} aria-hidden="true" />;
}
