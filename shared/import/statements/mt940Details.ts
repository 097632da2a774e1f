/**
 * `:86:`, "information to account owner". German banks write subfields behind a mark and two digits (`?20...?32...`),
 * Dutch ones words between slashes (`/EREF/.../NAME/...`), others plain text.
 */

export interface Details {
  /** End-to-end reference of the payer. */
  readonly reference: string | null;
  readonly party: string | null;
  readonly text: string;
}

/** A code of three digits, if any, the mark, and the first subfield's digits. */
const SUBFIELDS = /^(?:\d{3})?([?^~@|<>])(?=\d{2})/;
const SLASHES = /^\/[A-Z]{3,6}\//;

/** SEPA keywords inside the text. */
const KEYWORD = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC)\+/;

export function details(lines: readonly string[]): Details {
  // lines break anywhere, even between a mark and its digits, so structured text is whole only when joined as it is
  const text = lines.join('');
  const mark = SUBFIELDS.exec(text)?.[1];
  if (mark !== undefined) return fromSubfields(text, mark);
  if (SLASHES.test(text)) return fromSlashes(text);
  const plain = lines.join(' ').replace(/\s+/g, ' ').trim();
  return { reference: keywordValue(plain, 'EREF'), party: null, text: plain };
}

function fromSubfields(text: string, mark: string): Details {
  const parts = new Map<number, string>();
  for (const piece of text.slice(text.indexOf(mark)).split(mark)) {
    const code = /^\d{2}/.exec(piece)?.[0];
    if (code === undefined) {
      // the mark itself, in a text
      const last = [...parts.keys()].at(-1);
      if (last !== undefined) parts.set(last, `${parts.get(last) ?? ''}${mark}${piece}`);
    } else parts.set(Number(code), piece.slice(2));
  }
  const range = (from: number, to: number): string =>
    [...parts].flatMap(([code, piece]) => (code >= from && code <= to ? [piece] : [])).join('');
  const purpose = (range(20, 29) + range(60, 63)).trim();
  const party = range(32, 33).trim();
  return {
    reference: keywordValue(purpose, 'EREF'),
    party: party === '' ? null : party,
    text: purpose === '' ? range(0, 0).trim() : purpose,
  };
}

function fromSlashes(text: string): Details {
  const values = new Map<string, string>();
  const pieces = text.split(/\/([A-Z]{3,6})\//);
  for (let i = 1; i < pieces.length; i += 2) values.set(pieces[i] ?? '', (pieces[i + 1] ?? '').trim());
  const remittance = (values.get('REMI') ?? '').replace(/^\/?(?:USTD|STRD)\/\/?/, '');
  return {
    reference: values.get('EREF') ?? null,
    party: values.get('NAME') ?? null,
    text: remittance === '' ? text.trim() : remittance,
  };
}

function keywordValue(text: string, keyword: string): string | null {
  const at = text.indexOf(`${keyword}+`);
  if (at < 0) return null;
  const rest = text.slice(at + keyword.length + 1);
  const value = rest.slice(0, KEYWORD.exec(rest)?.index ?? rest.length).trim();
  return value === '' ? null : value;
}
