/**
 * The text of an imported file as it was: kept in packed pieces, so that every row stays traceable to its line. Pieces
 * follow one another; together they are the file's bytes (of a packed file: of what was in it).
 */
export interface SourceText {
  readonly pieces: readonly SourcePiece[];
}

export interface SourcePiece {
  /** Line, from 1, in which the piece starts; a piece may start in the middle of a line. */
  readonly line: number;
  /** Bytes of the text before it. */
  readonly offset: number;
  /** The piece in raw deflate. */
  readonly deflated: Uint8Array;
}
