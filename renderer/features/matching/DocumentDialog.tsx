/** A document that no file holds: a paper invoice, a scan, a credit note that came by mail. */
import { useState, type ReactNode } from 'react';
import type { ReconAct, ReconMonth } from '../../../shared/contract/reconcile.ts';
import { isNegative, negated } from '../../ui/amountText.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { readAmount } from './amountField.ts';
import { Form, TextRow } from './Form.tsx';

export type EnteredDocument = Extract<ReconAct, { kind: 'document' }>['document'];

const KINDS = [
  { value: 'invoice', label: 'Invoice' },
  { value: 'receipt', label: 'Receipt' },
  { value: 'credit_note', label: 'Credit note' },
] as const;

export function DocumentDialog(props: {
  readonly period: ReconMonth;
  readonly currency: string;
  readonly onEnter: (document: EnteredDocument) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { period, currency, onEnter, onClose } = props;
  const [kind, setKind] = useState<EnteredDocument['kind']>('invoice');
  const [fields, setFields] = useState({ number: '', date: `${period}-01`, amount: '', tax: '', text: '' });
  const [tried, setTried] = useState(false);
  const change = (part: Partial<typeof fields>): void => setFields({ ...fields, ...part });
  const read = documentOf(kind, fields);
  return (
    <Dialog title="Enter a document" onClose={onClose}>
      <Form
        verb={`Enter ${KINDS.find(({ value }) => value === kind)?.label.toLowerCase() ?? kind}`}
        problem={typeof read === 'string' ? read : null}
        shown={tried}
        onClose={onClose}
        onSend={() => {
          setTried(true);
          if (typeof read !== 'string') onEnter(read);
        }}
      >
        <div className="form-row">
          <span>Kind</span>
          <Select label="Kind" value={kind} options={KINDS} onChange={(value) => setKind(kindOf(value))} />
        </div>
        <TextRow label="Number" first value={fields.number} onChange={(number) => change({ number })} />
        <TextRow label="Date" kind="date" short value={fields.date} onChange={(date) => change({ date })} />
        <TextRow
          label={`Amount ${currency}, with tax`}
          short
          value={fields.amount}
          placeholder="272.19"
          onChange={(amount) => change({ amount })}
        />
        <TextRow label="Tax in it" short value={fields.tax} onChange={(tax) => change({ tax })} />
        <TextRow label="Text" value={fields.text} onChange={(text) => change({ text })} />
        <p className="form-note">
          {kind === 'credit_note' && 'A credit note gives back: its amount is kept below zero, however it is typed. '}
          The document is kept as an entry of the log, with who entered it.
        </p>
      </Form>
    </Dialog>
  );
}

function kindOf(value: string): EnteredDocument['kind'] {
  return KINDS.find((one) => one.value === value)?.value ?? 'invoice';
}

/** The document, or what is wrong with it. A credit note's amount is below zero, however it was typed. */
function documentOf(
  kind: EnteredDocument['kind'],
  fields: Readonly<Record<'number' | 'date' | 'amount' | 'tax' | 'text', string>>,
): EnteredDocument | string {
  const amount = readAmount(fields.amount);
  const tax = fields.tax.trim() === '' ? null : readAmount(fields.tax);
  if (fields.number.trim() === '') return 'A document has a number';
  if (!/^\d{4}-\d\d-\d\d$/.test(fields.date)) return 'A document has a date';
  if (amount === null) return 'The amount is a figure such as 272.19';
  if (fields.tax.trim() !== '' && tax === null) return 'The tax is a figure such as 22.19, or empty';
  const back = (value: string): string => (kind === 'credit_note' && !isNegative(value) ? negated(value) : value);
  return {
    kind,
    number: fields.number.trim(),
    date: fields.date as EnteredDocument['date'],
    amount: back(amount),
    tax: tax === null ? null : back(tax),
    text: fields.text.trim(),
  };
}
