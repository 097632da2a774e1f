/** Writes PDFs of text at given places: what an invoice's maker draws, in any order of the drawing. */

export interface DrawnText {
  readonly text: string;
  readonly x: number;
  /** From the top of the page. */
  readonly y: number;
  readonly size: number;
}

export interface PdfOptions {
  /** What the font says hyphens are, instead of hyphens: U+0000 or a space. */
  readonly hyphen?: 'nul' | 'space';
  /** Turns the page, whose text is drawn so that it is upright then. */
  readonly rotated?: boolean;
  readonly encrypt?: boolean;
}

const CODES: Readonly<Record<string, number>> = { '€': 0x80, '–': 0x96, '’': 0x92, '•': 0x95 };

function codeOf(character: string): number {
  const code = CODES[character] ?? character.charCodeAt(0);
  if (code > 0xff) throw new Error(`${character} is not in WinAnsiEncoding`);
  return code;
}

function hex(text: string): string {
  return Array.from(text, (character) => codeOf(character).toString(16).padStart(2, '0')).join('');
}

function operator({ text, x, y, size }: DrawnText, rotated: boolean): string {
  const place = rotated ? `0 1 -1 0 ${y} ${x} Tm` : `1 0 0 1 ${x} ${792 - y} Tm`;
  return `BT /F1 ${size} Tf ${place} <${hex(text)}> Tj ET`;
}

function toUnicode(hyphen: 'nul' | 'space'): string {
  const instead = hyphen === 'nul' ? '0000' : '0020';
  const codes = Array.from({ length: 95 }, (_, index) => 0x20 + index);
  const lines = codes.map((code) => {
    const from = code.toString(16).padStart(2, '0');
    return `<${from}> <${code === 0x2d ? instead : `00${from}`}>`;
  });
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <ff> endcodespacerange
${lines.length} beginbfchar
${lines.join('\n')}
endbfchar endcmap end end`;
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

/** A PDF with a page for each list of texts, drawn in the order of the list. */
export function pdfOf(pages: readonly (readonly DrawnText[])[], options: PdfOptions = {}): Uint8Array {
  const unicode = options.hyphen === undefined ? '' : ' /ToUnicode 4 0 R';
  const rotate = options.rotated === true ? ' /Rotate 90' : '';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, index) => `${5 + 2 * index} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding${unicode} >>`,
    stream(toUnicode(options.hyphen ?? 'nul')),
    ...pages.flatMap((texts, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]${rotate} /Contents ${6 + 2 * index} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      stream(texts.map((text) => operator(text, options.rotated === true)).join('\n')),
    ]),
  ];
  let content = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = content.length;
    content += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const zeros = '0'.repeat(64);
  const locked = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${zeros}> /U <${zeros}> /P -4 >> /ID [<00> <00>]`;
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R ${options.encrypt === true ? locked : ''} >>`;
  content += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n${trailer}\nstartxref\n${content.length}\n%%EOF\n`;
  return Uint8Array.from(content, (character) => character.charCodeAt(0));
}
