/**
 * A sheet of a spreadsheet as CSV: line N is row N. Numbers stand as they are written in the file, dates in ISO 8601. A cell
 * with a formula gives the formula, never the value that a program once worked out for it: nobody stated that value, so it
 * must not count as money.
 */
import { ContainerError, damaged, Meter, type Bounds } from './bounds.ts';
import type { ByteStream } from './byteSource.ts';
import { CsvText } from './csvText.ts';
import { dateText } from './excelDates.ts';
import { RichText, type Workbook } from './workbook.ts';
import { attributesOf, scanXml, XmlFault, type XmlEvents } from './xmlScanner.ts';

const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
const LONGEST_VALUE = 1024 * 1024;

export async function* sheetCsv(
  name: string,
  part: ByteStream,
  workbook: Workbook,
  strings: readonly string[],
  bounds: Bounds,
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(name, bounds);
  const csv = new CsvText(meter);
  try {
    const steps = scanXml(counted(part(), meter), new SheetReader(csv, workbook, strings));
    while ((await steps.next()).done !== true) yield* csv.take(false);
    yield* csv.take(true);
  } catch (error) {
    throw sheetFault(name, error);
  }
}

/** Whether a sheet has any cell that is not empty; reads no further than that. */
export async function hasCells(name: string, part: ByteStream): Promise<boolean> {
  const seen = { cell: false };
  const nothing = (): void => undefined;
  const open = (element: string): void => {
    if (element === 'v' || element === 'f' || element === 'is') seen.cell = true;
  };
  try {
    for await (const _ of scanXml(part(), { open, close: nothing, text: nothing })) if (seen.cell) return true;
  } catch (error) {
    throw sheetFault(name, error);
  }
  return seen.cell;
}

function sheetFault(name: string, error: unknown): ContainerError {
  if (!(error instanceof XmlFault)) return damaged(name, error);
  return new ContainerError(
    `${name} cannot be read: ${error.message}. Save the spreadsheet again, or the sheet as CSV.`,
  );
}

async function* counted(bytes: AsyncIterable<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    meter.took(piece.length);
    yield piece;
  }
}

/** Turns the elements of a sheet into rows of CSV. */
class SheetReader implements XmlEvents {
  readonly #csv: CsvText;
  readonly #workbook: Workbook;
  readonly #strings: readonly string[];
  readonly #inline = new RichText();
  #inData = false;
  #row = 0;
  #cells: string[] = [];
  #column = 0;
  #type = '';
  #style = 0;
  /** Text of the element that is being read; null in others. */
  #text: string | null = null;
  #value = '';
  #formula: string | null = null;
  #width = 0;

  constructor(csv: CsvText, workbook: Workbook, strings: readonly string[]) {
    this.#csv = csv;
    this.#workbook = workbook;
    this.#strings = strings;
  }

  open(element: string, attributes: string): void {
    if (element === 'sheetData') this.#inData = true;
    if (!this.#inData) return;
    if (element === 'c') this.#openCell(attributes);
    else if (element === 'v' || element === 'f') this.#text = '';
    else if (element === 'row') this.#openRow(attributes);
    else this.#inline.open(element);
  }

  text(text: string): void {
    if (this.#text === null) {
      if (this.#inData) this.#inline.add(text);
      return;
    }
    this.#text += text;
    if (this.#text.length > LONGEST_VALUE) throw new XmlFault('a cell is longer than any program writes');
  }

  close(element: string): void {
    if (!this.#inData) return;
    if (element === 'v') {
      this.#value = this.#text ?? '';
      this.#text = null;
    } else if (element === 'f') {
      this.#formula = this.#text ?? '';
      this.#text = null;
    } else if (element === 'c') this.#closeCell();
    else if (element === 'row') this.#closeRow();
    else if (element === 'sheetData') this.#inData = false;
    else this.#inline.close(element);
  }

  #openRow(raw: string): void {
    const stated = attributesOf(raw).get('r');
    const row = stated === undefined ? this.#row + 1 : Number(stated);
    if (!Number.isInteger(row) || row <= this.#row || row > LAST_ROW)
      throw new XmlFault(`row ${this.#row + 1} is out of order`);
    this.#csv.blankRows(row - this.#row - 1);
    this.#row = row;
    this.#cells = [];
    this.#column = 0;
  }

  #closeRow(): void {
    if (this.#cells.length === 0) this.#csv.blankRows(1);
    else {
      // programs leave out empty cells at the end of a row; a table has as many cells in each
      while (this.#cells.length < this.#width) this.#cells.push('');
      this.#width = this.#cells.length;
      this.#csv.row(this.#cells);
    }
    this.#cells = [];
  }

  #openCell(raw: string): void {
    const attributes = attributesOf(raw);
    const reference = attributes.get('r');
    const column = reference === undefined ? this.#column + 1 : columnOf(reference);
    if (column === null || column <= this.#column || column > LAST_COLUMN) {
      throw new XmlFault(`a cell of row ${this.#row} is out of order`);
    }
    this.#column = column;
    this.#type = attributes.get('t') ?? 'n';
    this.#style = Number(attributes.get('s') ?? '0');
    this.#value = '';
    this.#formula = null;
    this.#inline.clear();
  }

  #closeCell(): void {
    const text = this.#formula === null ? this.#valueText() : formulaText(this.#formula);
    if (text === '') return;
    while (this.#cells.length < this.#column - 1) this.#cells.push('');
    this.#cells.push(text);
  }

  #valueText(): string {
    const value = this.#value;
    switch (this.#type) {
      case 's': {
        if (value.trim() === '') return '';
        const text = this.#strings[Number(value)];
        if (text === undefined) throw new XmlFault(`a text of row ${this.#row} is missing`);
        return text;
      }
      case 'inlineStr':
        return this.#inline.value();
      case 'str':
        return value;
      case 'b':
        return value.trim() === '' ? '' : value.trim() === '1' ? 'TRUE' : 'FALSE';
      case 'n': {
        const kind = this.#workbook.styles[this.#style] ?? null;
        return kind === null ? value.trim() : dateText(value.trim(), kind, this.#workbook.from1904);
      }
      default:
        return value.trim();
    }
  }
}

/** A cell that shares another one's formula does not repeat it. */
function formulaText(formula: string): string {
  const text = formula.trim();
  return text === '' ? '=(formula)' : `=${text}`;
}

/** Number of the column of `BC12`, from 1; null where it is none. */
function columnOf(reference: string): number | null {
  const letters = /^\$?([A-Za-z]{1,3})\$?\d+$/.exec(reference)?.[1];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
