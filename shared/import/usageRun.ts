/** One file of usage on its way from bytes to a reading. */
import type { ImportReport } from '../contract/importing.ts';
import { zoneOf, type Zone } from '../domain/time.ts';
import { formatAtoms } from '../domain/money.ts';
import { noRows } from '../domain/usage.ts';
import type { TextFile } from './containers/textFile.ts';
import { Utf16Decoder, encodingOf, isUtf8, type Encoding } from './encoding.ts';
import { USAGE_FORMATS } from './formats.ts';
import { estimateRows, headOf } from './head.ts';
import type { IdSet } from './idSet.ts';
import type { ImportOptions } from './importUsage.ts';
import { HEAD_BYTES, recognise, type Head, type Importer, type Reader } from './importer.ts';
import { SHOWN_LEFT_OUT, leftOutOfBuilder } from './leftOutRows.ts';
import { LocalForms, isPointed, type Settled } from './localForms.ts';
import { mappingOf } from './mapping.ts';
import { ProblemList, quoted } from './problems.ts';
import type { UsageTarget } from './rowPlan.ts';
import type { TextPacker } from './sourceText.ts';
import { joined } from './textHead.ts';
import { CostSum, UsageBuilder, sumOf } from './usageBuilder.ts';
import { storedFigures, totalOf, type UsageReading } from './usageReading.ts';

/** Bytes that are waited for before a file is recognised: its head, also where a character takes two. */
const FIRST_BYTES = 2 * HEAD_BYTES + 4;

/** A claim below this only says what is missing. */
const SURE = 0.5;

/** Of an account that says none, and of a file that does not (scenario format). */
const DEFAULT_CURRENCY = 'USD';

interface Chosen {
  readonly importer: Importer<UsageTarget>;
  readonly why: string;
  readonly sure: boolean;
}

export class UsageRun {
  readonly notes: string[] = [];
  readonly #file: TextFile;
  readonly #options: ImportOptions;
  readonly #packer: TextPacker | null;
  readonly #problems: ProblemList;
  readonly #local: LocalForms;
  #target: UsageTarget;
  #first: Uint8Array[] | null = [];
  #firstLength = 0;
  #encoding: Encoding = 'utf-8';
  #decoder: Utf16Decoder | null = null;
  #head: Head;
  #reader: Reader | null = null;
  #chosen: Chosen | null = null;
  #nextPage: string | null = null;
  /** Why the bytes ended too early. */
  #broken: string | null = null;
  #sha256 = '';
  #size = 0;

  constructor(file: TextFile, options: ImportOptions, ids: IdSet, settled: Settled, packer: TextPacker | null) {
    this.#file = file;
    this.#options = options;
    this.#packer = packer;
    this.#problems = new ProblemList(file.name);
    this.#local = new LocalForms(options.choices ?? {}, settled, this.#problems);
    this.#head = { name: file.name, bytes: new Uint8Array(0), text: '', whole: true, table: null };
    this.#target = {
      rows: new UsageBuilder(0),
      ids,
      idsBefore: ids.size,
      counts: { read: 0, duplicate: 0, rejected: 0, complimentary: 0, rounded: 0, superseded: 0 },
      repeated: new CostSum(),
      grownIds: [],
      leftOut: [],
      currency: null,
    };
  }

  chunk(bytes: Uint8Array): void {
    if (this.#first === null) {
      this.#read(bytes);
      return;
    }
    this.#first.push(bytes);
    this.#firstLength += bytes.length;
    if (this.#firstLength > FIRST_BYTES) this.#open(false);
  }

  /** The bytes ended too early: nothing of them is kept. */
  breakOff(message: string): void {
    this.#broken = message;
  }

  /** No more bytes come. */
  end(sha256: string, size: number): void {
    this.#sha256 = sha256;
    this.#size = size;
    if (this.#first !== null) this.#open(true);
    if (this.#decoder !== null) this.#reader?.chunk(this.#decoder.end());
    this.#reader?.end();
    this.#reader = null;
    this.#problems.settle();
  }

  /** What the values proved, and a second passage should know. */
  settles(): Settled | null {
    const { rows } = this.#target;
    return this.#broken === null ? this.#local.settles(() => pointedRows(rows)) : null;
  }

  async finish(): Promise<UsageReading> {
    const { choices = {}, knownTexts } = this.#options;
    const repeatedFile = this.#broken === null && knownTexts?.has(this.#sha256) === true;
    this.#noteNames();
    if (this.#broken !== null) this.#giveUp(this.#broken);
    else this.#checkCurrency();
    if (repeatedFile) this.#forgetRows();
    const { rows, ids, idsBefore, grownIds } = this.#target;
    const batch = this.#broken === null ? rows.finish(this.#file.name, ids) : noRows(this.#file.name);
    if (batch.ids !== null) ids.attach(batch, idsBefore);
    const adjustments = [...rows.adjustments];
    const stored = batch.count + adjustments.length;
    const format = this.#chosen?.importer.format ?? 'unknown';
    const keep = this.#packer !== null && this.#broken === null && !repeatedFile && stored > 0;
    const text = keep ? await this.#packer.finish() : null;
    return {
      batch,
      adjustments,
      report: this.#report(batch.count, repeatedFile, storedFigures(batch, adjustments, this.#currency())),
      textSha256: this.#sha256,
      text,
      ...mappingOf(this.#head, format, choices),
      questions: this.#broken === null ? this.#local.questions() : [],
      grownIds: repeatedFile ? [] : grownIds,
      leftOut: this.#target.leftOut,
      nextPage: this.#nextPage,
      head: this.#head,
    };
  }

  #report(stored: number, repeatedFile: boolean, figures: Pick<ImportReport, 'from' | 'to' | 'totals'>): ImportReport {
    const { counts, repeated, rows } = this.#target;
    const { atoms } = repeated;
    return {
      file: this.#file.name,
      kind: this.#chosen?.sure === true && this.#broken === null ? 'usage' : 'unknown',
      sha256: this.#sha256,
      size: this.#size,
      format: this.#chosen?.importer.format ?? 'unknown',
      why: [...(this.#file.how === null ? [] : [this.#file.how]), ...this.notes].join(' '),
      encoding: this.#encodingName(),
      rows: { ...counts, stored, adjustments: rows.adjustments.length },
      ...figures,
      repeated: totalOf(this.#currency(), counts.duplicate === 0 || formatAtoms(atoms) === '0' ? null : atoms),
      tie: null,
      repeatedFile,
      problems: this.#problems.listed,
      problemCount: this.#problems.count,
    };
  }

  /** Recognises the file by its first bytes, and begins to read them. */
  #open(whole: boolean): void {
    const bytes = joined(this.#first ?? [], this.#firstLength);
    this.#first = null;
    const { encoding, mark } = encodingOf(bytes);
    this.#encoding = encoding;
    let text = bytes.subarray(mark);
    let { size } = this.#file;
    if (encoding !== 'utf-8') {
      this.#decoder = new Utf16Decoder(encoding);
      this.notes.push(`The file is in ${encoding.toUpperCase()}.`);
      text = this.#decoder.chunk(text);
      size = size === null ? null : size / 2;
    }
    this.#head = this.#options.head ?? headOf(this.#file.name, text, whole);
    this.#chosen = this.#choose(this.#head);
    this.#openReader(this.#head, size);
    this.#reader?.chunk(text);
  }

  #read(bytes: Uint8Array): void {
    this.#reader?.chunk(this.#decoder === null ? bytes : this.#decoder.chunk(bytes));
  }

  #openReader(head: Head, size: number | null): void {
    if (this.#chosen === null) return;
    const { importer, why } = this.#chosen;
    const { choices = {}, currency } = this.#options;
    this.notes.unshift(why);
    const zone = this.#zone();
    if (zone === 'unknown') return;
    this.#target = { ...this.#target, rows: new UsageBuilder(estimateRows(head, size)) };
    this.#reader = importer.open(this.#target, {
      head,
      zone,
      currency: currency ?? null,
      cachedTokens: choices.cachedTokens ?? 'auto',
      choices,
      local: this.#local,
      problems: this.#problems,
      note: (sentence) => this.notes.push(sentence),
      morePages: (next) => (this.#nextPage = next ?? ''),
    });
  }

  #zone(): Zone | null | 'unknown' {
    const name = this.#options.choices?.zone;
    if (name === undefined) return null;
    const zone = zoneOf(name);
    if (zone !== null) return zone;
    const message = `there is no time zone ${quoted(name)}; expected an IANA name such as Europe/Berlin`;
    this.#problems.add(null, null, 'zone', message);
    return 'unknown';
  }

  /** The importer that was asked for, or the one that is surest; null, and a problem, where there is none. */
  #choose(head: Head): Chosen | null {
    const format = this.#options.choices?.format ?? 'auto';
    const names = USAGE_FORMATS.map((importer) => importer.format).join(', ');
    if (format === 'auto') {
      const found = recognise(USAGE_FORMATS, head);
      if (found !== null) {
        const { why, confidence } = found.detection;
        return { importer: found.importer, why, sure: confidence >= SURE };
      }
      if (head.whole && head.text.trim() === '') {
        this.#problems.add(null, null, null, 'the file is empty: there is nothing in it to read');
        return null;
      }
      const usage = 'a usage log or cost export (CSV with a header row, JSON, a page of an API)';
      const statement = 'a statement (OFX, CAMT.053, MT940, bank CSV, an export, JSON or PDF of Stripe, FOCUS)';
      this.#problems.add(null, null, null, `the content is of no known format; expected ${usage} or ${statement}`);
      return null;
    }
    const importer = USAGE_FORMATS.find((known) => known.format === format);
    if (importer !== undefined) return { importer, why: 'The format was chosen.', sure: true };
    this.#problems.add(null, null, 'format', `there is no format ${quoted(format)}; expected auto, ${names}`);
    return null;
  }

  #noteNames(): void {
    if (this.#foreign) this.notes.push('Names that are no UTF-8 were read as Windows-1252.');
  }

  get #foreign(): boolean {
    const { skus, projects, keys } = this.#target.rows;
    return skus.foreign || projects.foreign || keys.foreign;
  }

  #encodingName(): string | null {
    if (this.#encoding !== 'utf-8') return this.#encoding;
    if (this.#chosen === null && this.#head.bytes.includes(0)) return null;
    return this.#foreign || !isUtf8(this.#head.bytes) ? 'windows-1252' : 'utf-8';
  }

  #currency(): string {
    const { choices, currency } = this.#options;
    return this.#target.currency ?? choices?.currency ?? currency ?? DEFAULT_CURRENCY;
  }

  /** Costs in a currency that the user named, where the file names none and the account has another. */
  #checkCurrency(): void {
    const { choices, currency } = this.#options;
    const { rows, counts, currency: stated } = this.#target;
    const chosen = choices?.currency;
    if (stated !== null || chosen === undefined || currency === undefined || chosen === currency) return;
    if (sumOf({ whole: rows.costWhole, pico: rows.costPico }, rows.count) === null && rows.adjustments.length === 0)
      return;
    const message = `costs are in ${quoted(chosen)}, as chosen, and the account is in ${currency}; import one currency at a time`;
    this.#problems.add(null, null, 'currency', message);
    counts.rejected += rows.count + rows.adjustments.length;
    this.#clear();
  }

  /** The very same text was read before: every row that could be read is a repeated one. */
  #forgetRows(): void {
    const { counts, rows, repeated, leftOut } = this.#target;
    for (let row = 0; row < rows.count && leftOut.length < SHOWN_LEFT_OUT; row++)
      leftOut.push(leftOutOfBuilder(rows, row, null));
    counts.duplicate = counts.read - counts.rejected;
    const costs = { whole: rows.costWhole, pico: rows.costPico };
    repeated.addAtoms(sumOf(costs, rows.count) ?? 0n);
    for (const { amount } of rows.adjustments) repeated.addAtoms(-amount);
    this.#clear();
  }

  #giveUp(message: string): void {
    const { counts } = this.#target;
    this.#problems.add(null, null, null, message);
    counts.read = counts.duplicate = counts.rejected = 0;
    this.#clear();
  }

  #clear(): void {
    const { counts, rows, ids, idsBefore, grownIds } = this.#target;
    counts.complimentary = counts.rounded = counts.superseded = 0;
    grownIds.length = 0;
    rows.clear();
    ids.rollback(idsBefore);
  }
}

/** Rows whose cost shows a point that cannot part thousands. */
function pointedRows({ count, costWhole, costPico }: UsageBuilder): number {
  let rows = 0;
  if (costPico === null) return 0;
  for (let row = 0; row < count; row++) if (isPointed(costWhole[row] ?? 0, costPico[row] ?? 0)) rows++;
  return rows;
}
