/**
 * What vendors' documents ask for or state as paid. An invoice and its receipt, or one document in several files, are one
 * item with several sources; two that have one number and different amounts stay apart, for a person to decide.
 */
import type { Atoms } from '../../domain/money.ts';
import type { Zone } from '../../domain/time.ts';
import { referenceKey } from '../../domain/reference.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import type { StoredSource } from '../../storage/source.ts';
import { enteredMention, isDocumentSource, mentionSteps, type Mention } from './documentMentions.ts';
import { eachOf, type Steps } from '../inPieces.ts';
import { DistinctIds, plainItem, type Item } from './item.ts';
import { issuerSource } from './sources.ts';

interface Found {
  readonly key: string;
  readonly mentions: Mention[];
}

export function* documentSteps(
  sources: readonly StoredSource[],
  decisions: Decisions,
  account: { readonly zone: Zone; readonly currency: string },
): Steps<Item[]> {
  const files: Mention[][] = [];
  for (const source of sources.filter(isDocumentSource)) files.push(yield* mentionSteps(source, account.zone));
  files.push(decisions.documents.map((document) => enteredMention(document, account.currency)));
  const byKey = new Map<string, Found[]>();
  // of one number and amount, in the order in which they were found
  const alike = new Map<string, Found[]>();
  for (const mentions of files) {
    // a file that has a number twice means two documents
    const taken = new Map<string, number>();
    yield* eachOf('documents', mentions, (mention) => {
      const key = referenceKey(mention.reference ?? '') ?? '';
      const name = `${key}/${worthOf(mention)}`;
      const count = taken.get(name) ?? 0;
      taken.set(name, count + 1);
      const same = key === '' ? undefined : alike.get(name)?.[count];
      if (same !== undefined) {
        same.mentions.push(mention);
        return;
      }
      const found = { key, mentions: [mention] };
      addTo(alike, name, found);
      addTo(byKey, key, found);
    });
  }
  return yield* itemSteps(withoutRefundsTwice([...byKey.values()].flat()));
}

function worthOf({ amount, currency }: Mention): string {
  return `${amount} ${currency}`;
}

function addTo(lists: Map<string, Found[]>, name: string, found: Found): void {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [found]);
  else known.push(found);
}

/** A receipt states a refund under its invoice's number; the credit note of that invoice has a number that goes on from it. */
function withoutRefundsTwice(found: readonly Found[]): readonly Found[] {
  const notes = new Map<string, Found[]>();
  for (const one of found) {
    const [first] = one.mentions;
    if (first?.kind === 'credit_note') addTo(notes, worthOf(first), one);
  }
  const joined = new Set<Found>();
  for (const refund of found) {
    const [first] = refund.mentions;
    if (first?.kind !== 'refund' || refund.key === '') continue;
    const note = notes
      .get(worthOf(first))
      ?.find((other) => !joined.has(other) && other.key !== refund.key && other.key.startsWith(refund.key));
    if (note === undefined) continue;
    note.mentions.push(...refund.mentions);
    joined.add(note).add(refund);
  }
  return found.filter((one) => !joined.has(one) || one.mentions[0]?.kind === 'credit_note');
}

function* itemSteps(found: readonly Found[]): Steps<Item[]> {
  const ids = new DistinctIds();
  const items = yield* eachOf('documents', found, ({ key, mentions }) => {
    const [first] = mentions;
    if (first === undefined) return [];
    const name = key === '' ? `${first.date}/${first.text}` : key;
    const id = ids.next(`document/${name}${first.amount < 0n ? '/credit' : ''}`);
    const { dated: _dated, ...known } = mentions.reduce(joinedMention);
    return [plainItem({ ...known, id, side: 'document', matchBy: known.reference, source: issuerSource(known.party) })];
  });
  return items.flat();
}

/** What two mentions of one document say together: the later state, the finer time, each figure that one of them has. */
function joinedMention(one: Mention, other: Mention): Mention {
  const date = one.dated || !other.dated ? one : other;
  const standing = [one, other].find((each) => each.standing === 'void') ?? one;
  const paid = [one, other].find(({ status }) => status === 'paid') ?? one;
  const state = standing.standing === 'void' ? standing : paid;
  const known = (a: Atoms | null, b: Atoms | null): Atoms | null => a ?? b;
  return {
    ...one,
    kind: one.kind === 'refund' ? other.kind : one.kind,
    ...{
      at: date.at ?? (date.date === other.date ? other.at : null),
      date: date.date,
      dated: one.dated || other.dated,
    },
    ...{ standing: state.standing, status: state.status ?? other.status },
    tax: known(one.tax, other.tax),
    subtotal: known(one.subtotal, other.subtotal),
    text: one.text === '' ? other.text : one.text,
    party: one.party ?? other.party,
    sources: [...one.sources, ...other.sources],
    entry: one.entry ?? other.entry,
  };
}
