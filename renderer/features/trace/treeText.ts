/** A derivation as text: indented for a ticket, or as a table. What is shown is what is copied. Pure. */
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText, countText } from '../../ui/amountText.ts';
import { instantText, isoText } from '../../ui/format.ts';
import type { Money } from './figures.ts';
import { momentText, noteText, originText, ruleValue, SIGN_MARKS, SIGN_WORDS, sourceText } from './traceWords.ts';
import type { NodeRow, TreeRow } from './tree.ts';

export interface TextContext {
  /** Whose account it is. */
  readonly title: string;
  readonly zone: Zone;
  readonly money: Money;
}

export function indentedText(rows: readonly TreeRow[], context: TextContext): string {
  const [root] = rows;
  if (root === undefined) return '';
  const at = root.node.at === undefined ? '' : `, ${instantText(root.node.at, context.zone)}`;
  const lines = rows.map((row) => {
    const indent = '  '.repeat(row.depth);
    return row.kind === 'more'
      ? `${indent}… ${countText(row.total - row.shown)} more`
      : `${indent}${lineOf(row, context)}`;
  });
  return [`${context.title}${at}`, ...lines].join('\n');
}

function lineOf({ node, depth }: NodeRow, { zone, money }: TextContext): string {
  const { label, amount, unit, sign, rule, at, source, note } = node;
  const mark = SIGN_MARKS[sign];
  const figure =
    amount === null || (rule !== undefined && sign === '=')
      ? ''
      : ` ${amountText(amount, { digits: unit === money.currency ? money.digits : 0, exact: true })}${unit === null ? '' : ` ${unit}`}`;
  const details = [
    ...(depth > 0 && at !== undefined ? [momentText(at, zone, false)] : []),
    ...(note === undefined ? [] : [noteText(note)]),
    ...(rule === undefined ? [] : [`${rule.name} ${ruleValue(rule, unit, money)} (${originText(rule.from, zone)})`]),
    ...(source === undefined ? [] : [sourceText(source)]),
  ];
  return `${mark === '' ? '' : `${mark} `}${label}${figure}${details.length === 0 ? '' : `, ${details.join(', ')}`}`;
}

const HEADER = ['level', 'sign', 'label', 'amount', 'unit', 'at', 'rule', 'value', 'from', 'source', 'note'];

/** Exact amounts and ISO instants; text that a spreadsheet would run as a formula is made harmless. */
export function csvText(rows: readonly TreeRow[], zone: Zone): string {
  const lines = rows
    .filter((row) => row.kind === 'node')
    .map(({ node, depth }) => [
      String(depth),
      SIGN_WORDS[node.sign],
      node.label,
      node.amount ?? '',
      node.unit ?? '',
      node.at === undefined ? '' : isoText(node.at),
      node.rule?.name ?? '',
      node.rule === undefined ? '' : (node.rule.value ?? 'none'),
      node.rule === undefined ? '' : originText(node.rule.from, zone),
      node.source === undefined ? '' : sourceText(node.source),
      node.note ?? '',
    ]);
  return [HEADER, ...lines].map((cells) => cells.map(csvField).join(',')).join('\r\n') + '\r\n';
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

function csvField(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
