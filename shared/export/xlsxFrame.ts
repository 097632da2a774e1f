/** The parts of a spreadsheet around its sheets: what they are called, and where in the package they are. */
import { xmlText } from './xlsxText.ts';

export interface SheetPart {
  readonly name: string;
  /** Cells from the first to the last, such as `A1:C20`. */
  readonly ref: string;
}

export const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export function sheetPath(number: number): string {
  return `xl/worksheets/sheet${number}.xml`;
}

/** Paths and XML; the sheets themselves are at `sheetPath(1)` and on. */
export function framePartsOf(sheets: readonly SheetPart[], styles: string): Readonly<Record<string, string>> {
  const each = (of: (number: number, name: string) => string): string =>
    sheets.map(({ name }, index) => of(index + 1, xmlText(name))).join('');
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (content: string): string =>
    `<Relationships xmlns="${PACKAGE}/relationships">${content}</Relationships>`;
  const override = (path: string, type: string): string =>
    `<Override PartName="/${path}" ContentType="${TYPE}.${type}+xml"/>`;
  return {
    'xl/styles.xml': styles,
    'xl/workbook.xml':
      `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>` +
      each((number, name) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`) +
      `</sheets><definedNames>${sheets.map(filterName).join('')}</definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      each((number) => relation(`rId${number}`, 'worksheet', `worksheets/sheet${number}.xml`)) +
        relation('rIdStyles', 'styles', 'styles.xml'),
    ),
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    '[Content_Types].xml':
      `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      override('xl/workbook.xml', 'sheet.main') +
      override('xl/styles.xml', 'styles') +
      each((number) => override(sheetPath(number), 'worksheet')) +
      '</Types>',
  };
}

/** Programs expect the range of a filter under this name as well. */
function filterName({ name, ref }: SheetPart, index: number): string {
  const quoted = xmlText(`'${name.replaceAll("'", "''")}'`);
  const range = ref.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
  return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${quoted}!${range}</definedName>`;
}
