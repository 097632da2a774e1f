/**
 * Which way the money of a bank's CSV goes, and whether it ties. The user's word comes first, then the balances; a column
 * without either is taken to have a minus where money leaves, and where it has no minus at all the user is asked.
 */
import { movementsOf, tieOf, turned, type StatementLine, type Tie } from '../../domain/statement.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { proofOf, type Proof } from './balanceProof.ts';
import { cellOf, type Layout } from './bankLayout.ts';
import { figureAt } from './bankRow.ts';
import { signQuestion } from './questions.ts';
import type { Source } from './source.ts';
import type { Row } from './table.ts';

export interface BankBooking {
  /** In the sign that the file seems to have. */
  readonly line: StatementLine;
  readonly balance: Atoms | null;
  /** Stated in a column of its own; positive: charged. */
  readonly fee: Atoms | null;
}

/** Balances that the file states around its table. */
export interface Stated {
  readonly opening: Atoms | null;
  readonly closing: Atoms | null;
}

export interface Settled {
  readonly lines: readonly StatementLine[];
  readonly tie: Tie | null;
}

/** Lines in canonical sign and their tie; none, and a question, where the direction is open. */
export function settled(source: Source, layout: Layout, read: readonly BankBooking[], stated: Stated): Settled {
  const single = isSingle(layout);
  const { chargesPositive } = source.options;
  const { bookings, proof } = withFees(read, stated, single ? chargesPositive !== undefined : chargesPositive === true);
  if (bookings.length === 0) return { lines: [], tie: null };
  const turns = single ? turnsSingle(source, layout, bookings, proof, stated) : false;
  if (turns === null) return { lines: [], tie: null };
  if (turns) source.note('Amounts are positive where the customer pays.');
  if (proof?.newestFirst === true) source.note('The newest row comes first.');
  const lines = bookings.map(({ line }, index) => {
    const balance = proof?.balances[index] ?? null;
    return { ...(turns ? turned(line) : line), balance };
  });
  if (proof === null) return { lines, tie: tieOf(stated.opening, lines, stated.closing, lastLine(lines)) };
  // balances that rise with what the customer pays are a debt
  const owed = single ? turns !== proof.opposed : proof.opposed && chargesPositive === true;
  if (owed) source.note('Balances are what the customer owes.');
  if (!single && proof.opposed && !owed) return { lines: withoutBalances(lines), tie: notTied(proof, lines) };
  return {
    lines: owed ? lines.map((line) => ({ ...line, balance: line.balance === null ? null : -line.balance })) : lines,
    tie: owed ? owedTie(proof.tie) : proof.tie,
  };
}

/** Fees stand beside the amounts that include them, or add to them: the balances tell which. */
function withFees(
  read: readonly BankBooking[],
  stated: Stated,
  signKnown: boolean,
): { readonly bookings: readonly BankBooking[]; readonly proof: Proof | null } {
  const proved = (bookings: readonly BankBooking[]): Proof | null =>
    proofOf(
      bookings.map(({ line, balance }) => ({ amount: line.amount, balance, line: line.line })),
      stated.opening,
      stated.closing,
      signKnown,
    );
  const included = read.map((booking) => ({ ...booking, line: { ...booking.line, fee: booking.fee } }));
  const proof = proved(included);
  if (proof?.tie.holds === true || !read.some(({ fee }) => fee !== null)) return { bookings: included, proof };
  const apart = included.map((booking) => ({
    ...booking,
    line: { ...booking.line, amount: booking.line.amount + (booking.fee ?? 0n) },
  }));
  const other = proved(apart);
  return other?.tie.holds === true ? { bookings: apart, proof: other } : { bookings: included, proof };
}

/** One column has the amounts, and none says which way they go. */
function isSingle({ header: { columns } }: Layout): boolean {
  return columns.has('amount') && !columns.has('mark');
}

/** Asks for the direction where neither a sign nor a balance can tell it, whatever else is open. */
export function askDirection(source: Source, layout: Layout, rows: readonly Row[], stated: Stated): void {
  const settledOtherwise = layout.header.columns.has('balance') || (stated.opening !== null && stated.closing !== null);
  if (!isSingle(layout) || settledOtherwise || source.options.chargesPositive !== undefined) return;
  if (layout.unmarked !== null || rows.length === 0) return;
  const figures = rows.map((row) => figureAt(layout, row, 'amount'));
  if (figures.some((figure) => typeof figure === 'bigint' && figure < 0n)) return;
  const first = rows[figures.findIndex((figure) => typeof figure === 'bigint' && figure > 0n)];
  if (first === undefined) return;
  source.ask(first.line, signQuestion(amountColumn(layout), cellOf(layout.header, first, 'amount'), UNSIGNED));
}

const UNSIGNED = 'no amount has a sign';

function amountColumn({ names, header }: Layout): string | null {
  return names[header.columns.get('amount') ?? -1] ?? null;
}

/** Whether positive amounts of a single column are charges; null, with a question, where that is open. */
function turnsSingle(
  source: Source,
  layout: Layout,
  bookings: readonly BankBooking[],
  proof: Proof | null,
  stated: Stated,
): boolean | null {
  const { chargesPositive } = source.options;
  if (chargesPositive !== undefined) return chargesPositive;
  const lines = bookings.map(({ line }) => line);
  const ask = (open: string): null => {
    const [first] = lines;
    source.ask(first?.line ?? null, signQuestion(amountColumn(layout), formatAtoms(-(first?.amount ?? 0n)), open));
    return null;
  };
  if (proof?.tie.holds === true) {
    // what falls as the balance rises may be a charge on a card, whose balance is a debt
    const spent = lines.filter(({ amount }) => amount > 0n).length;
    const mostlyNegative = 2 * spent > lines.length;
    if (proof.opposed && mostlyNegative) return ask('the balance rises where amounts are negative');
    return proof.opposed;
  }
  const byEnds = endsProve(lines, stated);
  if (byEnds !== null) return byEnds;
  // canonical signs: a positive figure of the file became negative
  const unsigned = lines.every(({ amount }) => amount <= 0n) && layout.unmarked === null;
  if (unsigned && proof === null) return ask(UNSIGNED);
  source.note('No balance proves the sign: a minus was read as money that leaves.');
  return false;
}

/** Opening and closing balance decide where they fit one direction only. */
function endsProve(lines: readonly StatementLine[], { opening, closing }: Stated): boolean | null {
  const movements = movementsOf(lines);
  if (opening === null || closing === null || movements === 0n) return null;
  if (opening + movements === closing) return false;
  return opening - movements === closing ? true : null;
}

function owedTie(tie: Tie): Tie {
  return { ...tie, opening: -tie.opening, movements: -tie.movements, closing: -tie.closing };
}

/** Debits that raise the balance: exchanged columns or a debt, which only the user can tell. */
function notTied({ tie }: Proof, lines: readonly StatementLine[]): Tie {
  return { ...tie, movements: movementsOf(lines), holds: false, firstBreakLine: lines[0]?.line ?? null };
}

function withoutBalances(lines: readonly StatementLine[]): StatementLine[] {
  return lines.map((line) => ({ ...line, balance: null }));
}

function lastLine(lines: readonly StatementLine[]): number | null {
  return lines.at(-1)?.line ?? null;
}
