/** Reads the usage of a FOCUS file as the importer does. */
import { focusUsage } from '../../shared/import/focusUsage.ts';
import { headOf } from '../../shared/import/head.ts';
import { IdSet } from '../../shared/import/idSet.ts';
import { ProblemList } from '../../shared/import/problems.ts';
import { UsageBuilder } from '../../shared/import/usageBuilder.ts';
import { rowsOf, type PlainRow } from './helpers.ts';

export function usageOf(bytes: Uint8Array): { rows: PlainRow[]; notes: string; problems: string[]; until: number[] } {
  const head = headOf('focus.csv', bytes, true);
  const rows = new UsageBuilder(8);
  const ids = new IdSet();
  const problems = new ProblemList('focus.csv');
  const notes: string[] = [];
  const reader = focusUsage.open(
    { rows, ids, counts: { read: 0, duplicate: 0, rejected: 0 } } as Parameters<typeof focusUsage.open>[0],
    {
      ...{ head, zone: null, currency: null, cachedTokens: 'auto', problems },
      note: (sentence: string) => notes.push(sentence),
    } as unknown as Parameters<typeof focusUsage.open>[1],
  );
  reader.chunk(bytes);
  reader.end();
  const batch = rows.finish('focus.csv', ids);
  return {
    rows: rowsOf(batch),
    notes: notes.join(' '),
    problems: problems.listed.map(({ message }) => message),
    until: [...(batch.until ?? [])],
  };
}
