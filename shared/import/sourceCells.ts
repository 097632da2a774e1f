/** The cells of one line of a table by their headers: also those of columns that were not read. */
import { CsvScanner } from './csvScanner.ts';
import { utf8Of } from './encoding.ts';

const DELIMITERS = [',', ';', '\t', '|'];

/** Empty where the line has another number of cells than the header: then it is no row of the table. */
export function cellsAt(header: string, line: string): { readonly header: string; readonly value: string }[] {
  const names = DELIMITERS.map((delimiter) => cellsOf(header, delimiter)).reduce((a, b) =>
    b.length > a.length ? b : a,
  );
  const delimiter = DELIMITERS.find((known) => cellsOf(header, known).length === names.length) ?? ',';
  const values = cellsOf(line, delimiter);
  if (values.length !== names.length) return [];
  return names.map((name, cell) => ({ header: name, value: values[cell] ?? '' }));
}

function cellsOf(line: string, delimiter: string): string[] {
  const found: string[][] = [];
  const scanner = new CsvScanner(delimiter.charCodeAt(0), {
    record: (cells) => found.push(Array.from({ length: cells.count }, (_, cell) => cells.text(cell))),
    broken: () => undefined,
  });
  scanner.push(utf8Of(line));
  scanner.end();
  return found[0] ?? [];
}
