/** What a spreadsheet (XLSX) says of itself outside its sheets: their names, the dates' calendar, formats, shared strings. */
import { ContainerError, damaged } from './bounds.ts';
import type { ByteStream } from './byteSource.ts';
import { dateKind, type DateKind } from './excelDates.ts';
import { attributesOf, scanXml, XmlFault, type XmlEvents } from './xmlScanner.ts';

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Its part of the package. */
  readonly part: string;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly from1904: boolean;
  /** By the number of a cell's style: how it shows numbers; null as numbers. */
  readonly styles: readonly (DateKind | null)[];
  readonly strings: string | null;
}

/** Parts of a package by their names in lower case, without the leading slash. */
export type Parts = ReadonlyMap<string, { readonly stream: ByteStream }>;

export async function readPart(name: string, part: ByteStream, events: Partial<XmlEvents>): Promise<void> {
  const nothing = (): void => undefined;
  try {
    const steps = scanXml(part(), { open: nothing, close: nothing, text: nothing, ...events });
    while ((await steps.next()).done !== true);
  } catch (error) {
    if (error instanceof XmlFault) {
      throw new ContainerError(
        `${name} is no spreadsheet that can be read: ${error.message}. Save it again as .xlsx or CSV.`,
      );
    }
    throw damaged(name, error);
  }
}

interface Relation {
  readonly kind: string;
  readonly part: string;
}

export async function readWorkbook(name: string, parts: Parts, main: string): Promise<Workbook> {
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const relations = await readRelations(name, parts, `${folder}_rels/${main.slice(folder.length)}.rels`, folder);
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readPart(name, partOf(name, parts, main), {
    open: (element, raw) => {
      const attributes = attributesOf(raw);
      if (element === 'workbookPr') from1904 = /^(1|true|on)$/i.test(attributes.get('date1904') ?? '');
      if (element !== 'sheet') return;
      const relation = relations.get(attributes.get('id') ?? '');
      // chart sheets and macro sheets have no table
      if (relation?.kind !== 'worksheet') return;
      const hidden = /^(hidden|veryHidden)$/i.test(attributes.get('state') ?? '');
      sheets.push({ name: attributes.get('name') ?? `Sheet ${sheets.length + 1}`, hidden, part: relation.part });
    },
  });
  const byKind = (kind: string): string | null =>
    [...relations.values()].find((each) => each.kind === kind)?.part ?? null;
  const styles = byKind('styles');
  const strings = byKind('sharedStrings');
  return {
    sheets,
    from1904,
    // without its styles, which tell dates from numbers, a workbook that has some is read wrongly
    styles: styles === null ? [] : await readStyles(name, partOf(name, parts, styles)),
    strings: strings !== null && parts.has(strings) ? strings : null,
  };
}

export function partOf(name: string, parts: Parts, part: string): ByteStream {
  const found = parts.get(part);
  if (found === undefined) throw damaged(name, new Error(`it has no ${part}`));
  return found.stream;
}

async function readRelations(name: string, parts: Parts, part: string, folder: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  await readPart(name, partOf(name, parts, part), {
    open: (element, raw) => {
      if (element !== 'Relationship') return;
      const attributes = attributesOf(raw);
      // targets outside the file are never followed
      if (/^external$/i.test(attributes.get('TargetMode') ?? '')) return;
      const type = attributes.get('Type') ?? '';
      const target = attributes.get('Target') ?? '';
      relations.set(attributes.get('Id') ?? '', {
        kind: type.slice(type.lastIndexOf('/') + 1),
        part: resolvedPart(folder, target),
      });
    },
  });
  return relations;
}

function resolvedPart(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/').toLowerCase();
}

async function readStyles(name: string, part: ByteStream): Promise<(DateKind | null)[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let within = '';
  await readPart(name, part, {
    open: (element, raw) => {
      if (element === 'cellXfs' || element === 'cellStyleXfs' || element === 'dxfs') within = element;
      else if (element === 'numFmt' && within !== 'dxfs') {
        const attributes = attributesOf(raw);
        codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '');
      } else if (element === 'xf' && within === 'cellXfs') {
        formats.push(Number(attributesOf(raw).get('numFmtId') ?? '0'));
      }
    },
    close: (element) => {
      if (element === within) within = '';
    },
  });
  return formats.map((id) => dateKind(id, codes.get(id)));
}

/** Texts that cells refer to by number; `allow` is told the length of each. */
export async function readStrings(name: string, part: ByteStream, allow: (length: number) => void): Promise<string[]> {
  const strings: string[] = [];
  const text = new RichText();
  await readPart(name, part, {
    open: (element) => {
      if (element === 'si') text.clear();
      else text.open(element);
    },
    close: (element) => {
      text.close(element);
      if (element !== 'si') return;
      const whole = text.value();
      allow(whole.length * 2 + 32);
      strings.push(whole);
    },
    text: (part) => text.add(part),
  });
  return strings;
}

/** Longest text of a cell that is read; spreadsheet programs stop at 32,767 characters. */
const LONGEST_CELL = 1024 * 1024;

/** Puts a text together from its runs; how they look, and how they are pronounced, is left out. */
export class RichText {
  #text = '';
  #inText = false;
  #inPhonetic = false;

  open(element: string): void {
    if (element === 't') this.#inText = true;
    if (element === 'rPh') this.#inPhonetic = true;
  }

  close(element: string): void {
    if (element === 't') this.#inText = false;
    if (element === 'rPh') this.#inPhonetic = false;
  }

  add(text: string): void {
    if (!this.#inText || this.#inPhonetic) return;
    this.#text += text;
    if (this.#text.length > LONGEST_CELL) throw new XmlFault('a cell is longer than any program writes');
  }

  clear(): void {
    this.#text = '';
  }

  /** Characters that XML cannot have stand as `_x000D_`. */
  value(): string {
    return this.#text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number(`0x${code}`)));
  }
}
