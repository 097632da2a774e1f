/** Parts of the data that the vendor lacks or has twice, and causes that no search knows. */
import type { File, Row } from './accounts.ts';
import type { Plant, Planter } from './plants.ts';
import { ofRows, postedAfter } from './usagePlants.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Kind = 'hour' | 'day' | 'model' | 'key' | 'project';

function slice(kind: Kind, key: string, times: -1 | 1): Plant {
  const isOf = (row: Row): boolean =>
    kind === 'hour' || kind === 'day' ? new Date(row.at).toISOString().startsWith(key) : row[kind] === key;
  return {
    changes: { [times === -1 ? 'usage.without' : 'usage.twice']: `${kind} ${key}` },
    made: (made) => ({
      ...made,
      rows: made.rows.flatMap((row) => {
        if (!isOf(row)) return [row];
        return times === -1 ? [] : [row, { ...row, id: row.id === '' ? '' : `${row.id}b` }];
      }),
    }),
  };
}

/** A file that the vendor knows nothing of: it came late, or states once more what another one does. */
function without(file: File): Planter {
  return (_pick, { rows }) =>
    !rows.some((row) => row.file === file)
      ? null
      : {
          changes: { 'usage.without': `file ${file}` },
          made: (made) => ({ ...made, rows: made.rows.filter((row) => row.file !== file) }),
        };
}

/** Sums of some hours lie in several: what part of them is of an hour nobody knows. */
function inTime(kind: 'hour' | 'day', length: number): Planter {
  return (pick, { rows }) => {
    if (rows.some(({ until }) => until !== null)) return null;
    return slice(kind, new Date(pick(rows).at).toISOString().slice(0, length), pick([-1, 1]));
  };
}

export const DATA: readonly Planter[] = [
  inTime('hour', 13),
  inTime('day', 10),
  (pick) => slice('key', pick(['web', 'batch', 'ops']), pick([-1, 1])),
  (pick) => slice('model', pick(['large', 'small']), pick([-1, 1])),
  (pick) => slice('project', pick(['alpha', 'beta', 'gamma']), pick([-1, 1])),
  without('late.csv'),
  without('hours.csv'),
];

export const UNKNOWN: readonly Planter[] = [
  // rows that have nothing in common, of several hours: one hour that is lost whole is known
  (pick, { rows }) => {
    const [one, ...others] = rows;
    const other = pick(others.filter(({ at }) => Math.abs(at - one!.at) > HOUR));
    const lost = [...new Set([one!, other, ...Array.from({ length: pick([0, 1, 2, 3]) }, () => pick(rows))])];
    const hours = [...new Set(lost.map(({ at }) => Math.floor(at / HOUR)))];
    return ofParts(
      hours.map((hour) => (all) => all.filter((row) => !lost.includes(row) || Math.floor(row.at / HOUR) !== hour)),
    );
  },
  // a delay that nobody would try
  (pick) => {
    const minutes = pick([13, 23, 47, 97, 211]);
    return { ...ofRows('', null, (row) => postedAfter(row, minutes)), changes: {} };
  },
  (pick) => {
    const more = pick([1, 3, 17, 44]);
    return {
      changes: {},
      made: (made) => ({
        ...made,
        rows: made.rows.map((row, index) =>
          index % 19 === more % 19 ? { ...row, output: row.output + 100 * more } : row,
        ),
      }),
    };
  },
  // rows that the log lacks and the vendor has
  (pick, { rows }) => {
    const again = Array.from({ length: pick([2, 3, 5]) }, (_, index): Row => {
      return { ...postedAfter(pick(rows), 331 + index), id: `x${index}`, file: 'usage.csv', until: null };
    });
    return ofParts(again.map((row) => (all) => [...all, row].sort((a, b) => a.at - b.at)));
  },
];

function ofParts(changes: readonly ((rows: readonly Row[]) => readonly Row[])[]): Plant {
  const parts = changes.map((change): Plant => {
    return { changes: {}, made: (made) => ({ ...made, rows: change(made.rows) }) };
  });
  return { changes: {}, parts, made: (made) => parts.reduce((before, part) => part.made(before), made) };
}
