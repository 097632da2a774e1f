/** What can be said of an item that stands alone: what else has its amount, and what would settle it. */
import type { Reconciliation, ReconGroup, ReconItem } from '../../contract/reconcile.ts';
import { formatAtoms, parseAmount } from '../../domain/money.ts';
import type { Change } from '../../reconcile/explain/model.ts';
import { dayInWords } from '../reconcile/words.ts';

/** Items that are named one by one. */
const MOST_NAMED = 3;

/**
 * @param group whose items all stand on one side
 * @param all of every month that is known, the group's among them
 */
export function aloneTells({ cells }: ReconGroup, all: readonly Reconciliation[]): Change[] {
  const items = [...cells.document, ...cells.bank, ...cells.simulated];
  const [item] = items;
  if (item === undefined || items.length !== 1) return [];
  const others = all.flatMap(({ groups }) =>
    groups.flatMap((group) =>
      [...group.cells.document, ...group.cells.bank].filter(
        (other) => other.id !== item.id && other.currency === item.currency,
      ),
    ),
  );
  const unique = [...new Map(others.map((other) => [other.id, other])).values()];
  const same = unique.filter(({ amount, side }) => side === item.side && amount === item.amount);
  const back = unique.filter(
    ({ amount, side, date }) => side === item.side && amount === negated(item.amount) && date <= item.date,
  );
  const asked = unique.filter(({ amount, side }) => side !== item.side && amount === item.amount);
  const isBank = item.side === 'bank';
  const paper = isBank ? 'document' : 'bank line';
  const tells: Change[] = [];
  if (item.amount.startsWith('-')) {
    if (back.length > 0)
      tells.push(
        tell('gives_back', item, 2, [
          `It gives back ${back.length === 1 ? '' : `one of ${back.length}: `}${listed(back)}`,
          isBank
            ? 'The vendor’s credit note of it is not known: import it, or enter it by hand.'
            : 'The bank has not paid it back yet, or on an account whose statement was not imported.',
        ]),
      );
  } else if (same.length > 0) {
    tells.push(
      tell('taken_again', item, 3, [
        `${isBank ? 'The bank' : 'A document'} has this amount elsewhere too: ${listed(same)}`,
        `If it is for the same thing it was ${isBank ? 'charged' : 'invoiced'} twice, and should be given back.`,
      ]),
    );
  }
  if (asked.length > 0)
    tells.push(
      tell('paid_elsewhere', item, 2, [
        `Its amount is that of ${listed(asked)}`,
        'If they are one, match them by hand.',
      ]),
    );
  if (tells.length === 0)
    tells.push(
      tell('stands_alone', item, 4, [
        `No ${paper} of any month has this amount`,
        isBank
          ? 'Its document was not imported, or it is another product of the vendor: enter the one, or make a rule for the other.'
          : 'It was paid from an account whose statement was not imported, or by credit that the vendor held.',
      ]),
    );
  return tells;
}

/** What the bank took beside what its document asks for, where a person has not said yet that it is right. */
export function bankTells({ links, id }: ReconGroup, minorDigits: number): Change[] {
  const open = links.find(
    ({ between, accepted, difference }) => between === 'document_bank' && !accepted && difference !== '0',
  );
  const amount = open === undefined ? null : parseAmount(open.difference);
  if (open === undefined || typeof amount !== 'bigint') return [];
  const isMore = amount > 0n;
  const size = formatAtoms(isMore ? amount : -amount);
  const isCent = (isMore ? amount : -amount) <= MOST_CENTS * 10n ** BigInt(12 - minorDigits);
  const advice = isCent
    ? 'Banks and cards round on their own: accept it, or set a tolerance for all.'
    : 'If a fee or an exchange is in it, say so in the settings; else ask the bank.';
  const clause = `The bank took ${size} ${isMore ? 'more' : 'less'} than the document asks for. ${advice}`;
  return [
    {
      parameter: `tell.${isCent ? 'bank_rounding' : 'bank_amount'}`,
      value: id,
      family: 'arithmetic',
      prior: 1,
      clause,
    },
  ];
}

/** Differences of so many minor units are taken for rounding. */
const MOST_CENTS = 5n;

function tell(kind: string, { id }: ReconItem, prior: number, [what, advice]: readonly [string, string]): Change {
  return { parameter: `tell.${kind}`, value: id, family: 'arithmetic', prior, clause: `${what}. ${advice}` };
}

/** By name, and for each the days: equal lines of one day are many. */
function listed(items: readonly ReconItem[]): string {
  const named = items.toSorted((a, b) => (a.date < b.date ? 1 : -1)).slice(0, MOST_NAMED);
  const days = new Map<string, Map<string, number>>();
  for (const { reference, text, date } of named) {
    const ofName = days.get(reference ?? text) ?? new Map<string, number>();
    days.set(reference ?? text, ofName.set(dayInWords(date), (ofName.get(dayInWords(date)) ?? 0) + 1));
  }
  const texts = [...days].map(([name, ofName]) => {
    const those = [...ofName].map(([day, count]) => (count === 1 ? day : `${day} (${count} times)`));
    return `${name} of ${[those.slice(0, -1).join(', '), ...those.slice(-1)].filter((part) => part !== '').join(' and ')}`;
  });
  const all = texts.join(', ');
  return items.length > MOST_NAMED ? `${all} and ${items.length - MOST_NAMED} more` : all;
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
