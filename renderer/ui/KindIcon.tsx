/** What a file holds, as one sign: usage, a bank's statement, invoices, or nothing that was recognised. */
import { Activity, FileQuestionMark, Landmark, ReceiptText, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { isInvoices, type Known } from './fileKind.ts';

export function KindIcon({ of }: { readonly of: Known }): ReactNode {
  const Icon = iconOf(of);
  return <Icon className="kind-icon" size="1rem" strokeWidth={1.9} aria-hidden="true" />;
}

function iconOf(of: Known): LucideIcon {
  if (of.kind === 'usage') return Activity;
  if (of.kind === 'unknown') return FileQuestionMark;
  return isInvoices(of) ? ReceiptText : Landmark;
}
