/**
 * The text of a PDF with its places. pdf.js does it, loaded with the first PDF only. It runs in the thread it is called
 * from, without `eval`, fonts, WebAssembly, scripts or network: the policy of the page allows none, and none is needed
 * for text.
 */
import type { getDocument } from './pdfEngine.ts';
import { showPort } from './pdfPort.ts';
import { layOut, type PdfRow, type PlacedText } from './pdfRows.ts';

/** Invoices have a few pages; more of either is no invoice, and not worth the time. */
export const MAX_PDF_BYTES = 64 << 20;
export const MAX_PDF_PAGES = 200;
/** Pieces of text in all. */
const MAX_PIECES = 200_000;

/**
 * How long reading may take. `now` is asked between the pieces that pdf.js hands over; `expired` is a promise that the
 * host fulfils by a timer of its own when the time is up, for a piece that never comes. Neither can interrupt a
 * computation of pdf.js itself: for that the host must end the worker.
 */
export interface PdfLimits {
  now(): number;
  readonly ms: number;
  readonly expired?: Promise<unknown>;
}

/** The rows of all pages, counted over them from 1; or what stands in the way and what to do, in a sentence. */
export type PdfText = { readonly rows: readonly PdfRow[] } | { readonly problem: string };

export function isPdf(bytes: Uint8Array): boolean {
  // readers find the mark anywhere in the first kilobyte, and some mailers put something before it
  const end = Math.min(bytes.length, 1024) - PDF_MARK.length;
  for (let at = 0; at <= end; at++) {
    if (PDF_MARK.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

const PDF_MARK = Array.from('%PDF-', (character) => character.charCodeAt(0));

export async function readPdfText(bytes: Uint8Array, limits: PdfLimits | null): Promise<PdfText> {
  if (bytes.length > MAX_PDF_BYTES) {
    return { problem: `the PDF is larger than ${MAX_PDF_BYTES >> 20} MB; print the pages of the invoice to a new PDF` };
  }
  const open = await loaded();
  const loading = open({
    // pdf.js takes the bytes away from whoever gives them
    data: bytes.slice(),
    verbosity: 0,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    disableAutoFetch: true,
    disableStream: true,
    disableRange: true,
    maxImageSize: 0,
  });
  const clock = new Clock(limits);
  try {
    const document = await clock.within(loading.promise);
    const { numPages } = document;
    if (numPages > MAX_PDF_PAGES) {
      return { problem: `the PDF has ${numPages} pages; split it, at most ${MAX_PDF_PAGES} are read` };
    }
    const rows: PdfRow[] = [];
    let pieces = 0;
    for (let number = 1; number <= numPages; number++) {
      const page = await clock.within(document.getPage(number));
      const placed = await textOf(page, clock, MAX_PIECES - pieces);
      pieces += placed.length;
      rows.push(...layOut(placed, number, rows.length));
    }
    if (rows.length === 0) {
      return {
        problem:
          'the PDF has no text, as a scan has none; download the invoice again from the billing page, or enter it by hand',
      };
    }
    return { rows };
  } catch (error) {
    return { problem: faultOf(error, limits) };
  } finally {
    // not awaited: what hangs would hang here too
    void loading.destroy().catch(() => undefined);
  }
}

async function loaded(): Promise<typeof getDocument> {
  try {
    return (await import('./pdfEngine.ts')).getDocument;
  } finally {
    showPort();
  }
}

/** The part of pdf.js's page that is used. */
interface Page {
  getViewport(parameters: { scale: number }): { readonly transform: readonly number[] };
  streamTextContent(): { getReader(): Reader };
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: { readonly items: readonly Item[] } }>;
}

/** A piece of text; pdf.js also counts marks among the items, which have none. */
interface Item {
  readonly str?: string;
  readonly transform?: readonly number[];
  readonly width?: number;
}

async function textOf(page: Page, clock: Clock, most: number): Promise<PlacedText[]> {
  const view = page.getViewport({ scale: 1 }).transform;
  const placed: PlacedText[] = [];
  const reader = page.streamTextContent().getReader();
  for (;;) {
    const { done, value } = await clock.within(reader.read());
    if (done) return placed;
    for (const { str, transform, width } of value?.items ?? []) {
      if (str === undefined || transform === undefined || str.trim() === '') continue;
      if (placed.length >= most) throw new TooMuchText();
      const piece = onPage(str, transform, width ?? 0, view);
      if (piece !== null) placed.push(piece);
    }
  }
}

class TooMuchText extends Error {}

/** Where a piece stands on the page as it is seen, with rotation; null where it does not run from left to right. */
function onPage(
  text: string,
  [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[],
  width: number,
  [va = 1, vb = 0, vc = 0, vd = 1, ve = 0, vf = 0]: readonly number[],
): PlacedText | null {
  const length = Math.hypot(a, b);
  const [right, down] = [(va * a + vc * b) / length, (vb * a + vd * b) / length];
  if (!(right > 0.99 && Math.abs(down) < 0.05)) return null;
  const [x, y] = [va * e + vc * f + ve, vb * e + vd * f + vf];
  const size = Math.hypot(va * c + vc * d, vb * c + vd * d);
  return { text, x, y, right: x + width, size };
}

class Clock {
  readonly #limits: PdfLimits | null;
  readonly #end: number;
  readonly #expired: Promise<never> | null;

  constructor(limits: PdfLimits | null) {
    this.#limits = limits;
    this.#end = limits === null ? Infinity : limits.now() + limits.ms;
    const expired = limits?.expired;
    this.#expired = expired === undefined ? null : expired.then(() => Promise.reject(new TimeUp()));
    this.#expired?.catch(() => undefined);
  }

  /** What the promise gives, if it does in time. */
  async within<Value>(promise: Promise<Value>): Promise<Value> {
    const value = await (this.#expired === null ? promise : Promise.race([promise, this.#expired]));
    if (this.#limits !== null && this.#limits.now() >= this.#end) throw new TimeUp();
    return value;
  }
}

class TimeUp extends Error {}

function faultOf(error: unknown, limits: PdfLimits | null): string {
  if (error instanceof TimeUp) {
    return `the PDF took more than ${Math.ceil((limits?.ms ?? 0) / 1_000)} s to read; print the pages of the invoice to a new PDF`;
  }
  if (error instanceof TooMuchText)
    return 'the PDF has more text than any invoice; print the pages of the invoice to a new PDF';
  if (error instanceof Error && error.name === 'PasswordException') {
    return 'the PDF is locked by a password; open it with the password and print it to a new PDF';
  }
  return 'the PDF is damaged or cut off; download it again';
}
