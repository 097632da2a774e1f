/** Text as a spreadsheet's XML takes it. */

/** Longest text of a cell that spreadsheet programs open. */
const LONGEST = 32_767;

/** Characters that XML cannot have. */
const UNFIT = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;

/** What most texts have none of. */
const SPECIAL = /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]|_x/;

/** XML's own signs, characters that XML cannot have (`_x0007_`), and what only looks like one of those. */
export function xmlText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return wellFormed(text)
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(UNFIT, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Halves of characters that stand alone become the replacement character. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** A text that a cell holds; a longer one says at its end how long it was. */
export function cellText(text: string): string {
  if (text.length <= LONGEST) return text;
  const end = ` [cut off: ${text.length} characters]`;
  return text.slice(0, LONGEST - end.length) + end;
}

/** `A`, `Z`, `AA` for columns 0, 25, 26. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (column % 26));
}

const LONGEST_NAME = 31;

/** Names that spreadsheet programs take: at most 31 characters, some characters not, no two alike. */
export function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = wellFormed(name)
      .replace(UNFIT, ' ')
      .replace(/[[\]:*?/\\\t\n]/g, ' ')
      .replace(/^['\s]+|['\s]+$/g, '');
    const base = plain === '' || /^history$/i.test(plain) ? `Sheet ${plain}`.trim() : plain;
    for (let number = 1; ; number++) {
      const end = number === 1 ? '' : ` ${number}`;
      const short = wellFormed(base.slice(0, LONGEST_NAME - end.length)).replace(/['\s]+$/, '');
      const candidate = short + end;
      if (taken.has(candidate.toLowerCase())) continue;
      taken.add(candidate.toLowerCase());
      return candidate;
    }
  });
}
