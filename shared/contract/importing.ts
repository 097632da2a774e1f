/**
 * What page and worker say to each other about files: how one was read, what that leaves open, what was stored. Amounts are
 * exact decimal strings, instants milliseconds.
 */
import type { Instant } from '../domain/time.ts';
import type { Placement } from '../domain/usage.ts';

/** A problem a user can mend: where, what is wrong, what would be right. Line and column count from 1. */
export interface LocatedProblem {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly field: string | null;
  readonly message: string;
}

/** A file by name and content; a browser `File` or `Blob` in the page, plain bytes in tests. */
export interface NamedFile {
  readonly name: string;
  readonly content: Uint8Array | BlobLike;
  /** When it was last changed, where that is known. */
  readonly modified?: Instant;
}

/** The part of `Blob` that is read, a slice at a time. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/**
 * The user's answers to what a file leaves open; each holds for the whole file. A set of answers that is kept for the next
 * file with the same header is a profile.
 */
export interface ReadingChoices {
  /** Name of a format; none: recognised by the content. */
  readonly format?: string;
  /** Header of the column that is read for each meaning (`FilePreview.meanings`); '' for none of them. */
  readonly columns?: Readonly<Record<string, string>>;
  /** IANA zone of times that state none. */
  readonly zone?: string;
  /** Order of day and month in dates such as 3/10/2026. */
  readonly dateOrder?: 'dmy' | 'mdy';
  /** Decimal mark, where `1,234` could be either. */
  readonly decimal?: '.' | ',';
  /** Currency of a file that names none. */
  readonly currency?: string;
  /** When the balance held that a file states without a time: a day, or an instant with `Z` or an offset. */
  readonly statedAt?: string;
  /** A statement's amounts are positive where the customer pays. */
  readonly chargesPositive?: boolean;
  /** Whether input tokens include those read from a cache. */
  readonly cachedTokens?: 'included' | 'separate';
  /** Whether the rows count in the replay, or are evidence that the replay is compared with; they count where nothing is said. */
  readonly role?: 'counts' | 'compare';
  /** Where a bucket's usage is taken to have happened; `spread` where nothing is said. */
  readonly placement?: Placement;
  /** A statement's reversals carry the sign of what they reverse. */
  readonly flipReversals?: boolean;
  /** A statement's debit and credit columns change places. */
  readonly swapDebitCredit?: boolean;
}

/** Choices by the fingerprint of a header (`FilePreview.fingerprint`). */
export type Profiles = Readonly<Record<string, ReadingChoices>>;

/** Something that a file leaves open, asked once for its column; no row of it is guessed. */
export interface Question {
  readonly choice: keyof ReadingChoices;
  /** Header of the column in doubt; null where it is no column's. */
  readonly column: string | null;
  readonly asks: string;
  /** A value as it stands in the file. */
  readonly example: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** A change of how a statement is read that provably makes it tie; no other is offered. */
export interface Mend {
  readonly choices: ReadingChoices;
  /** On the button: verb and object. */
  readonly label: string;
  /** What is wrong and how the file ties with the mend, in a sentence with its figures. */
  readonly says: string;
}

/** What a line says that is no row of its file. */
export interface LineMark {
  readonly line: number;
  readonly says: 'opening' | 'closing' | 'account';
  /** Of a balance, in the bank's sign. */
  readonly amount: string | null;
}

/** A statement's own arithmetic: `opening + movements = closing`, in the bank's sign. */
export interface TieReport {
  readonly opening: string;
  readonly movements: string;
  readonly closing: string;
  readonly holds: boolean;
  /** Line of the file at which it first shows that something is missing or wrong. */
  readonly firstBreakLine: number | null;
}

/** What an import did with one file, or would do; nothing is left out silently. */
export interface ImportReport {
  /** Name as given; a member of an archive as `archive.zip/member.csv`. */
  readonly file: string;
  readonly kind: 'usage' | 'statement' | 'unknown';
  /** Of the file as given, in hexadecimal; of an archive's member also the archive's. */
  readonly sha256: string;
  /** Bytes of the text that was read: those of the file, unpacked. */
  readonly size: number;
  readonly format: string;
  /** Why the file was taken for that format, and how it was read. */
  readonly why: string;
  /** Of the text: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`; null where it is no text. */
  readonly encoding: string | null;
  readonly rows: {
    readonly read: number;
    readonly stored: number;
    /** Not stored, because a row of the same key is there. */
    readonly duplicate: number;
    readonly rejected: number;
    /** Negative rows of a usage log, taken as adjustments. */
    readonly adjustments: number;
    /** Stored rows with quantities and a stated cost of zero: complimentary usage. */
    readonly complimentary: number;
    /** Stored rows whose cost was finer than 10^-12 and rounded half-even to it. */
    readonly rounded: number;
    /** Earlier rows that a later, grown copy of the same id took the place of. */
    readonly superseded: number;
  };
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** Sum of the stored rows by currency: stated costs of usage, movements of a statement (positive: the customer pays). */
  readonly totals: Readonly<Record<string, string>>;
  /** What the rows left out as duplicates say they cost, by currency. */
  readonly repeated: Readonly<Record<string, string>>;
  /** Null where the file states too little to check. */
  readonly tie: TieReport | null;
  /** The very same bytes were imported before; nothing is stored. */
  readonly repeatedFile: boolean;
  /** The first problems, in file order. */
  readonly problems: readonly LocatedProblem[];
  /** How many there are in all. */
  readonly problemCount: number;
}

/** One canonical row, for showing: what the file's line was taken to say. */
export interface PreviewRow {
  /** Line of the file, from 1; null where the source has no lines. */
  readonly line: number | null;
  /** Usage: an instant. */
  readonly at: Instant | null;
  /** Statement: a calendar date, `YYYY-MM-DD`. */
  readonly date: string | null;
  /** SKU of usage, party of a movement. */
  readonly what: string;
  /** Id of usage, reference of a movement. */
  readonly reference: string | null;
  /** The reference is an invoice's number that stands in the text: for showing only, the file has no column of it. */
  readonly referenceInText: boolean;
  /** Positive: the customer pays. Null where usage states no cost. */
  readonly amount: string | null;
  readonly currency: string;
  /** Quantities by meter, exact. */
  readonly meters: Readonly<Record<string, string>>;
  /** Running balance in the bank's sign, where the statement proves one. */
  readonly balance: string | null;
  /** What becomes of the row where it is not simply stored: repeated, rejected, complimentary. */
  readonly fate: 'stored' | 'duplicate' | 'rejected' | 'complimentary';
}

/** A column of the file and what it is read as. */
export interface PreviewColumn {
  readonly header: string;
  /** One of `FilePreview.meanings`; null: kept, not read. */
  readonly meaning: string | null;
  /** The first value that is not blank. */
  readonly example: string;
}

/** A file that was read and not yet taken. */
export interface FilePreview {
  /** Place among the staged files; stays while they are staged. */
  readonly id: number;
  readonly report: ImportReport;
  /** What the user has said so far, or a profile has. */
  readonly choices: ReadingChoices;
  /** The choices came from a profile. */
  readonly fromProfile: boolean;
  /** Formats that the user may choose instead, by name. */
  readonly formats: readonly { readonly format: string; readonly label: string }[];
  /** Hash of the header's names; null where the file has no header of its own. */
  readonly fingerprint: string | null;
  /** Null where columns have no say in how the format is read. */
  readonly columns: readonly PreviewColumn[] | null;
  /** Meanings that columns of this format can have. */
  readonly meanings: readonly { readonly meaning: string; readonly label: string }[];
  readonly questions: readonly Question[];
  readonly mends: readonly Mend[];
  /** Rows cover a time each (buckets): where their usage is placed matters. */
  readonly buckets: { readonly rows: number; readonly longestMs: number } | null;
  /** Another source that counts the same usage a second time, and what can be done about it. */
  readonly doubleCount: DoubleCount | null;
  /** The first lines of the text, as they stand in the file. */
  readonly text: readonly { readonly line: number; readonly text: string }[];
  /** The first canonical rows, those that are left out as repeats among them. */
  readonly rows: readonly PreviewRow[];
  /** What lines say that are no rows. */
  readonly marks: readonly LineMark[];
  /** The very same bytes are a file of the account already, or staged before this one; null where they are neither. */
  readonly repeats: 'stored' | 'staged' | null;
  /** SKUs for which no price is known, with their rows: these count as nothing until one is added. Most rows first. */
  readonly unpriced: readonly { readonly sku: string; readonly rows: number }[];
  /** The file is a page of a query that goes on, and the page that follows is neither stored nor staged. */
  readonly lacksNextPage: boolean;
  /** Nothing of it can be read; the problems say why. */
  readonly unreadable: boolean;
  /** Whether it can be taken; else the problems, the questions or the double count say what it waits for. */
  readonly ready: boolean;
}

/** Two sources that state the usage of one period by two groupings; both together count it twice. */
export interface DoubleCount {
  /** File of the other source; it is stored, or staged with this one. */
  readonly other: string;
  readonly from: Instant;
  readonly to: Instant;
  /** In a sentence: which groupings, and that their totals agree. */
  readonly says: string;
  /** The other is staged, so that one of the two can be left out; else only this one can. */
  readonly otherStaged: boolean;
}

/** A file of the account, as the data page lists it. */
export interface StoredFile {
  /** Place among the account's files: good until the next import, undo or opening. */
  readonly id: number;
  readonly report: ImportReport;
  readonly placement: Placement | null;
  /** Its usage is evidence that the replay is compared with. */
  readonly compared?: boolean;
  readonly importedAt: Instant | null;
  /** It is named by the scenario or generated by it: it goes with the scenario and not by itself. */
  readonly ofScenario: boolean;
}

/** Lines of a stored file around one of them. */
export interface SourceText {
  readonly file: string;
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  /** The cells of the asked line by their headers, where the file is a table: also the columns that were not read. */
  readonly cells: readonly { readonly header: string; readonly value: string }[];
}
