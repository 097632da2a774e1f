/**
 * The journal as columns, so that a million entries are filtered and summed within a frame: made once for an account,
 * when the journal is first asked for. Sums are exact: whole units and 10^-12 parts apart, as integers held in doubles,
 * and what outgrows them as a bigint.
 */
import { JOURNAL_ACCOUNTS, type JournalAccount, type JournalEntry } from '../domain/journal.ts';
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import { PICO } from '../domain/usage.ts';

/** Doubles count exactly to twice this: one addition never leaves what is exact. */
const MAX_WHOLE = 2 ** 52;

/** Entries between two kept balances. */
const APART = 512;

const ACCOUNTS = JOURNAL_ACCOUNTS.length;

/** A running sum of either sign. */
export class SignedSum {
  #whole = 0;
  #pico = 0;
  #spilt = 0n;

  add(sign: 1 | -1, whole: number, pico: number): void {
    this.#whole += sign * whole;
    this.#pico += sign * pico;
    if (this.#pico >= PICO) {
      this.#pico -= PICO;
      this.#whole += 1;
    } else if (this.#pico <= -PICO) {
      this.#pico += PICO;
      this.#whole -= 1;
    }
    if (Math.abs(this.#whole) >= MAX_WHOLE) this.#spill();
  }

  addAtoms(amount: Atoms): void {
    this.#spilt += amount;
  }

  #spill(): void {
    this.#spilt += BigInt(this.#whole) * ATOMS_PER_UNIT;
    this.#whole = 0;
  }

  value(): Atoms {
    return this.#spilt + BigInt(this.#whole) * ATOMS_PER_UNIT + BigInt(this.#pico);
  }
}

export class JournalIndex {
  readonly count: number;
  readonly at: Float64Array;
  /** Places in `JOURNAL_ACCOUNTS`. */
  readonly debit: Uint8Array;
  readonly credit: Uint8Array;
  readonly #whole: Float64Array;
  readonly #pico: Float64Array;
  /** Amounts that no two doubles hold, by entry; their columns are zero. */
  readonly #large = new Map<number, Atoms>();
  /** Balances before every `APART`-th entry, of the accounts that were asked for last. */
  #balances: { readonly mask: number; readonly kept: readonly Atoms[] } | null = null;

  constructor(entries: readonly JournalEntry[]) {
    const place = new Map<JournalAccount, number>(JOURNAL_ACCOUNTS.map((account, index) => [account, index]));
    this.count = entries.length;
    this.at = new Float64Array(this.count);
    this.debit = new Uint8Array(this.count);
    this.credit = new Uint8Array(this.count);
    this.#whole = new Float64Array(this.count);
    this.#pico = new Float64Array(this.count);
    for (let index = 0; index < this.count; index++) {
      const { at, debit, credit, amount } = entries[index]!;
      this.at[index] = at;
      this.debit[index] = place.get(debit)!;
      this.credit[index] = place.get(credit)!;
      this.#put(index, amount);
    }
  }

  #put(index: number, amount: Atoms): void {
    const atoms = Number(amount);
    if (atoms < MAX_WHOLE) {
      // most amounts: a double holds every atom
      this.#pico[index] = atoms % PICO;
      this.#whole[index] = (atoms - (atoms % PICO)) / PICO;
      return;
    }
    const whole = Number(amount / ATOMS_PER_UNIT);
    if (whole >= MAX_WHOLE) {
      this.#large.set(index, amount);
      return;
    }
    this.#whole[index] = whole;
    this.#pico[index] = Number(amount % ATOMS_PER_UNIT);
  }

  amountAtLeast(index: number, whole: number, pico: number): boolean {
    const units = this.#whole[index]!;
    return units > whole || (units === whole && this.#pico[index]! >= pico) || this.#large.has(index);
  }

  addTo(sum: SignedSum, sign: 1 | -1, index: number): void {
    sum.add(sign, this.#whole[index]!, this.#pico[index]!);
    if (this.#large.size === 0) return;
    const large = this.#large.get(index);
    if (large !== undefined) sum.addAtoms(BigInt(sign) * large);
  }

  /** Debits and credits of each account over some entries, or over the first so many. */
  sums(entries: Uint32Array | number): { readonly debit: readonly Atoms[]; readonly credit: readonly Atoms[] } {
    const debit = Array.from({ length: ACCOUNTS }, () => new SignedSum());
    const credit = Array.from({ length: ACCOUNTS }, () => new SignedSum());
    const count = typeof entries === 'number' ? entries : entries.length;
    for (let place = 0; place < count; place++) {
      const index = typeof entries === 'number' ? place : entries[place]!;
      this.addTo(debit[this.debit[index]!]!, 1, index);
      this.addTo(credit[this.credit[index]!]!, 1, index);
    }
    return { debit: debit.map((sum) => sum.value()), credit: credit.map((sum) => sum.value()) };
  }

  /** Debits less credits of the accounts in `mask` (a bit each) over the first `count` entries. */
  balanceBefore(count: number, mask: number): Atoms {
    if (this.#balances?.mask !== mask) this.#balances = { mask, kept: this.#keep(mask) };
    const start = Math.floor(count / APART);
    const sum = new SignedSum();
    sum.addAtoms(this.#balances.kept[start]!);
    this.#addMoves(sum, start * APART, count, mask);
    return sum.value();
  }

  #keep(mask: number): Atoms[] {
    const sum = new SignedSum();
    const kept = [0n];
    for (let to = APART; to <= this.count; to += APART) {
      this.#addMoves(sum, to - APART, to, mask);
      kept.push(sum.value());
    }
    return kept;
  }

  #addMoves(sum: SignedSum, from: number, to: number, mask: number): void {
    for (let index = from; index < to; index++) {
      const move = ((mask >> this.debit[index]!) & 1) - ((mask >> this.credit[index]!) & 1);
      if (move !== 0) this.addTo(sum, move > 0 ? 1 : -1, index);
    }
  }

  /** How many entries, from the first on, are not later than an instant. Entries stand in order of time. */
  countUpTo(at: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A bit for each account. */
export function maskOf(accounts: readonly JournalAccount[]): number {
  return accounts.reduce((mask, account) => mask | (1 << JOURNAL_ACCOUNTS.indexOf(account)), 0);
}
