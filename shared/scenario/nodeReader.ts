/**
 * Reads a file's tree by hand, with its problems by position: for files of many thousands of equal items, which a schema
 * would take seconds to check.
 */
import type { CalendarDate } from '../domain/statement.ts';
import { daysFromCivil } from '../domain/time.ts';
import { formatPath, found, quote, suggestion, type Path } from './problems.ts';
import type { MapNode, SourceNode } from './tree.ts';

export interface NodeProblem {
  readonly offset: number;
  readonly field: string | null;
  readonly message: string;
}

/** A value that was wrong, after it was told. */
export const WRONG = Symbol('wrong');
export type Wrong = typeof WRONG;

export class NodeReader {
  readonly problems: NodeProblem[] = [];
  /** What is no error, but may be none of what was meant. */
  readonly warnings: NodeProblem[] = [];

  wrong(node: SourceNode, path: Path, what: string): Wrong {
    this.problems.push({ offset: node.offset, field: formatPath(path), message: `${nameOf(path)} ${what}` });
    return WRONG;
  }

  map(node: SourceNode, path: Path): MapNode | Wrong {
    return node.kind === 'map' ? node : this.wrong(node, path, `must be a map, found ${found(node.plain)}`);
  }

  list(node: SourceNode, path: Path): readonly SourceNode[] | Wrong {
    return node.kind === 'list' ? node.items : this.wrong(node, path, `must be a list, found ${found(node.plain)}`);
  }

  /** The value at a key; `absent` where the key is not there or its value is null. */
  at<T, A>(
    map: MapNode,
    path: Path,
    key: string,
    read: (node: SourceNode, path: Path) => T | Wrong,
    absent: A,
  ): T | A | Wrong {
    const entry = map.entries.get(key);
    if (entry === undefined || entry.value.plain === null) return absent;
    return read(entry.value, [...path, key]);
  }

  /** The same for a key that must be there. @param takes what it takes, as said where it is missing. */
  need<T>(
    map: MapNode,
    path: Path,
    key: string,
    read: (node: SourceNode, path: Path) => T | Wrong,
    takes: string,
  ): T | Wrong {
    const entry = map.entries.get(key);
    if (entry === undefined) return this.wrong(map, [...path, key], `is missing; it takes ${takes}`);
    return read(entry.value, [...path, key]);
  }

  text(node: SourceNode, path: Path): string | Wrong {
    return typeof node.plain === 'string'
      ? node.plain
      : this.wrong(node, path, `must be a text, found ${found(node.plain)}`);
  }

  flag(node: SourceNode, path: Path): boolean | Wrong {
    return typeof node.plain === 'boolean'
      ? node.plain
      : this.wrong(node, path, `must be true or false, found ${found(node.plain)}`);
  }

  /** A whole number within bounds, both included. */
  integer(node: SourceNode, path: Path, least: bigint, most: bigint): bigint | Wrong {
    const numeral = numeralOf(node);
    const value = numeral !== null && /^-?\d{1,30}$/.test(numeral) ? BigInt(numeral) : null;
    return value !== null && value >= least && value <= most
      ? value
      : this.wrong(node, path, `must be a whole number from ${least} to ${most}, found ${found(node.plain)}`);
  }

  /** A currency's code, by its form. */
  currency(node: SourceNode, path: Path): string | Wrong {
    const { plain } = node;
    if (typeof plain === 'string' && /^[A-Z]{3}$/.test(plain)) return plain;
    return this.wrong(
      node,
      path,
      `must be a three-letter currency code in capitals such as USD, found ${found(plain)}`,
    );
  }

  date(node: SourceNode, path: Path): CalendarDate | Wrong {
    const { plain } = node;
    const [, year, month, day] = typeof plain === 'string' ? (/^(\d{4})-(\d{2})-(\d{2})$/.exec(plain) ?? []) : [];
    return year !== undefined && daysFromCivil(Number(year), Number(month), Number(day)) !== null
      ? (plain as CalendarDate)
      : this.wrong(node, path, `must be a date such as 2026-10-31, found ${found(plain)}`);
  }

  /** Tells keys that mean nothing here. */
  warnUnknown(map: MapNode, known: readonly string[]): void {
    for (const [key, { keyOffset }] of map.entries)
      if (!known.includes(key)) {
        const message = `unknown key ${quote(key)}${suggestion(key, known)} is passed over; known keys here are ${known.join(', ')}`;
        this.warnings.push({ offset: keyOffset, field: key, message });
      }
  }
}

/** The digits of a number as the file writes it, or a text that may hold one. */
export function numeralOf(node: SourceNode): string | null {
  if (typeof node.plain === 'symbol') return node.plain.description ?? null;
  return typeof node.plain === 'string' ? node.plain : null;
}

function nameOf(path: Path): string {
  return formatPath(path) ?? 'the file';
}
