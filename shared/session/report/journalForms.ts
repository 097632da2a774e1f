/** The plain-text accounting programs that a book is written for. */
import type { JournalForm } from '../../contract/report.ts';
import { beancountText, hledgerText, type Book } from '../../export/plainAccounts.ts';

export const JOURNAL_TEXT: Readonly<Record<JournalForm, (book: Book) => string>> = {
  hledger: hledgerText,
  beancount: beancountText,
};
