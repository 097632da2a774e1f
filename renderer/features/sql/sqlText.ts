/** An SQL text as coloured pieces for the eye, and places in it by line and column. */

export type PieceKind = 'plain' | 'keyword' | 'quoted' | 'number' | 'comment';

export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
}

export const KEYWORDS: readonly string[] = (
  'SELECT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|OFFSET|JOIN|LEFT JOIN|ON|USING|AS|AND|OR|NOT|IN|IS|NULL|LIKE|GLOB|' +
  'BETWEEN|EXISTS|CASE|WHEN|THEN|ELSE|END|DISTINCT|UNION|UNION ALL|EXCEPT|INTERSECT|WITH|RECURSIVE|VALUES|ASC|DESC|' +
  'FILTER|OVER|PARTITION BY|WINDOW|COLLATE|CAST|EXPLAIN QUERY PLAN'
).split('|');

const KEYWORD_WORDS = new Set(KEYWORDS.flatMap((keyword) => keyword.split(' ')).concat(['INNER', 'OUTER', 'CROSS']));

const PIECE =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>'(?:[^']|'')*(?:'|$))|(?<name>"[^"]*(?:"|$)|[A-Za-z_][\w$]*)|(?<number>\d[\w.]*)|[^\w'"/-]+|./gy;

/** Pieces in order; together they are the text. Neighbours of one kind are one piece. */
export function piecesOf(sql: string): Piece[] {
  const pieces: { kind: PieceKind; text: string }[] = [];
  for (const match of sql.matchAll(PIECE)) {
    const [text] = match;
    const { comment, text: quoted, name, number } = match.groups ?? {};
    const kind: PieceKind =
      comment !== undefined
        ? 'comment'
        : quoted !== undefined
          ? 'quoted'
          : number !== undefined
            ? 'number'
            : name !== undefined && KEYWORD_WORDS.has(name.toUpperCase())
              ? 'keyword'
              : 'plain';
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  }
  return pieces;
}

/** The range of a fault: from its place to the end of the word there, at least one sign; null where it has no place. */
export function faultRange(
  sql: string,
  fault: { readonly line: number | null; readonly column: number | null },
): { readonly from: number; readonly to: number } | null {
  const { line, column } = fault;
  if (line === null || column === null) return null;
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = sql.indexOf('\n', start);
    if (end < 0) return null;
    start = end + 1;
  }
  const from = Math.min(sql.length, start + column - 1);
  const word = /^(?:[\w$.]+|\S)/.exec(sql.slice(from))?.[0] ?? '';
  return { from, to: from + Math.max(1, word.length) };
}

/** Line and column of a place, both from 0. */
export function lineColumn(text: string, place: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, place);
  const line = before.split('\n').length - 1;
  return { line, column: place - (before.lastIndexOf('\n') + 1) };
}
