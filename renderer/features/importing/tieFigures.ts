/** A statement's arithmetic in exact figures: what it comes to, and by how much it is off. Pure. */
import type { TieReport } from '../../../shared/contract/importing.ts';
import { formatAtoms, parseAmount } from '../../../shared/domain/money.ts';

export interface TieFigures {
  /** Opening and movements together. */
  readonly computed: string;
  /** What the file states beyond that; signed. */
  readonly off: string;
}

/** Null where a figure is no amount, which then cannot be added up here. */
export function tieFigures({ opening, movements, closing }: TieReport): TieFigures | null {
  const [a, b, c] = [parseAmount(opening), parseAmount(movements), parseAmount(closing)];
  if (typeof a !== 'bigint' || typeof b !== 'bigint' || typeof c !== 'bigint') return null;
  return { computed: formatAtoms(a + b), off: formatAtoms(c - a - b) };
}
