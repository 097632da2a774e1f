/** A spreadsheet file (XLSX) as one CSV text for each visible sheet that has cells. */
import { ContainerError, type Allowance } from './bounds.ts';
import { sheetCsv, hasCells } from './sheetCsv.ts';
import { partOf, readStrings, readWorkbook, type Parts, type Sheet } from './workbook.ts';
import type { TextFile } from './textFile.ts';

const WORKBOOK = /^xl\/workbook\d*\.xml$/;
const CONTENT_TYPES = '[content_types].xml';

/** Other documents that are zip archives, by a part that each of them has. */
const OTHERS: readonly { readonly part: RegExp; readonly says: string }[] = [
  { part: /^xl\/workbook\.bin$/, says: 'a binary Excel workbook (.xlsb)' },
  { part: /^word\/document\.xml$/, says: 'a Word document' },
  { part: /^ppt\/presentation\.xml$/, says: 'a presentation' },
  { part: /^index\/document\.iwa$/, says: 'an Apple iWork document' },
];

/** The part that makes an archive a spreadsheet; null for any other archive. */
export function workbookPart(name: string, parts: Parts): string | null {
  const other = OTHERS.find(({ part }) => [...parts.keys()].some((key) => part.test(key)));
  if (other !== undefined && (parts.has(CONTENT_TYPES) || other.part.test('index/document.iwa'))) {
    throw new ContainerError(`${name} is ${other.says}, which is not read. Save the table as .xlsx or CSV.`);
  }
  if (parts.has('content.xml') && parts.has('mimetype') && parts.has('meta-inf/manifest.xml')) {
    throw new ContainerError(`${name} is an OpenDocument file, which is not read. Save the table as .xlsx or CSV.`);
  }
  return parts.has(CONTENT_TYPES) ? ([...parts.keys()].find((key) => WORKBOOK.test(key)) ?? null) : null;
}

export async function spreadsheetTexts(
  name: string,
  parts: Parts,
  main: string,
  allowance: Allowance,
): Promise<TextFile[]> {
  const workbook = await readWorkbook(name, parts, main);
  const strings = once(async () => {
    if (workbook.strings === null) return [];
    const allow = (length: number): void => {
      allowance.takeHeld(length);
      if (allowance.held < 0)
        throw new ContainerError(`${name} has more text than is read at once. Save its sheets as CSV.`);
    };
    return await readStrings(name, partOf(name, parts, workbook.strings), allow);
  });
  const shown: Sheet[] = [];
  for (const sheet of workbook.sheets) {
    if (!sheet.hidden && (await hasCells(`${name}/${sheet.name}`, partOf(name, parts, sheet.part)))) shown.push(sheet);
  }
  const hidden = workbook.sheets.filter((sheet) => sheet.hidden).map((sheet) => sheet.name);
  if (shown.length === 0) {
    throw new ContainerError(
      `${name} has no visible sheet with a cell in it. Show the sheet that is meant, or save it as CSV.`,
    );
  }
  allowance.takeEntries(name, shown.length);
  return shown.map((sheet) => ({
    name: `${name}/${sheet.name}`,
    size: null,
    how: `Sheet ${sheet.name} of a spreadsheet.${leftOut(hidden)}`,
    stream: async function* () {
      const part = partOf(name, parts, sheet.part);
      yield* sheetCsv(`${name}/${sheet.name}`, part, workbook, await strings(), allowance.bounds);
    },
  }));
}

function leftOut(hidden: readonly string[]): string {
  if (hidden.length === 0) return '';
  return ` Left out, because hidden: ${hidden.length === 1 ? 'sheet' : 'sheets'} ${hidden.join(', ')}.`;
}

/** Asked for by each sheet, read for the first; read anew after a failure. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
