/** Spreadsheets written by hand: the parts that a program writes, with the cells that a test wants. */
import { strToU8, zipSync } from 'fflate';

export interface SheetPart {
  readonly name: string;
  /** What stands inside sheetData. */
  readonly rows: string;
  readonly state?: string;
}

export interface Book {
  readonly strings?: string;
  /** Number formats by cell style, from 1 on; a number is a built-in one. */
  readonly formats?: readonly (number | string)[];
  readonly from1904?: boolean;
  readonly more?: Readonly<Record<string, string>>;
  /** Put before each part's root element. */
  readonly prolog?: string;
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function xlsxOf(sheets: readonly SheetPart[], book: Book = {}): Uint8Array {
  const prolog = book.prolog ?? '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const listed = sheets.map(({ name, state }, i) => {
    const shown = state === undefined ? '' : ` state="${state}"`;
    return `<sheet name="${name}" sheetId="${i + 1}"${shown} r:id="rId${i + 1}"/>`;
  });
  const relations = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${TYPES}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  relations.push(
    `<Relationship Id="s" Type="${TYPES}/styles" Target="/xl/styles.xml"/>`,
    `<Relationship Id="t" Type="${TYPES}/sharedStrings" Target="sharedStrings.xml"/>`,
  );
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${TYPES}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${TYPES}"><workbookPr${book.from1904 === true ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    'xl/styles.xml': stylesOf(book.formats ?? []),
    'xl/sharedStrings.xml': `<sst ${MAIN}>${book.strings ?? ''}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet ${MAIN}><dimension ref="A1"/><sheetData>${rows}</sheetData><pageMargins left="0.7"/></worksheet>`,
      ]),
    ),
    ...book.more,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(prolog + text)])));
}

function stylesOf(formats: readonly (number | string)[]): string {
  const own = formats.flatMap((format, i) =>
    typeof format === 'number'
      ? []
      : [`<numFmt numFmtId="${164 + i}" formatCode="${format.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/>`],
  );
  const cells = formats.map((format, i) => `<xf numFmtId="${typeof format === 'number' ? format : 164 + i}"/>`);
  return (
    `<styleSheet ${MAIN}><numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
    `<cellXfs><xf numFmtId="0"/>${cells.join('')}</cellXfs></styleSheet>`
  );
}
