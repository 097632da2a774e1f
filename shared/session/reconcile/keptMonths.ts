/** What of reconciling stays from one act to the next, as long as the account is the same. */
import type { ReconMonth } from '../../contract/reconcile.ts';
import { OPEN_PERIOD } from '../../reconcile/log/fold.ts';
import type { Account } from '../account.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Basis } from './basis.ts';
import { MonthChain } from './chain.ts';
import type { Hashing } from './digest.ts';
import { MatchMemory } from './matchMemory.ts';
import type { Steps } from '../inPieces.ts';
import { MonthView } from './monthView.ts';
import { accountAsSealed, sealedBasis } from './seal.ts';

/** Acts that say something about what is concluded, and change nothing of it. */
const ONLY_SAID: readonly string[] = ['note', 'own'];

export class KeptMonths {
  readonly memory = new MatchMemory();
  readonly #views = new Map<ReconMonth, MonthView>();
  readonly #hashed = new Map<ReconMonth, { readonly after: string; readonly hash: string }>();
  readonly #account: Account;
  readonly #hashes: Hashing;
  readonly #surroundings: Surroundings;
  /** By the hash of their seals, which stands for the log up to them. */
  readonly #sealed = new Map<string, MonthChain | null>();

  constructor(account: Account, hashes: Hashing, surroundings: Surroundings) {
    this.#account = account;
    this.#hashes = hashes;
    this.#surroundings = surroundings;
  }

  /** The months up to a sealed one, as it was sealed; null for an open one, and where something of it is not there. */
  readonly asSealed = (basis: Basis, month: ReconMonth): MonthChain | null => {
    const { sealed } = basis.decisions.periods.get(month) ?? OPEN_PERIOD;
    if (sealed === null) return null;
    const known = this.#sealed.get(sealed.hash);
    if (known !== undefined) return known;
    const { account } = accountAsSealed(this.#account, sealed.seal, this.#hashes, this.#surroundings);
    const made =
      account === null ? null : new MonthChain(sealedBasis(basis, account, sealed.seq), this.asSealed, this.memory);
    this.#sealed.set(sealed.hash, made);
    return made;
  };

  /** The hash of what a month concludes: worked out anew only after an act that may change it. */
  hashOf({ log }: Basis, month: ReconMonth, faults: readonly string[], hash: () => string): string {
    const decided = log.findLast(({ kind }) => !ONLY_SAID.includes(kind));
    const after = [decided?.hash ?? '', ...faults].join('\n');
    const known = this.#hashed.get(month);
    if (known?.after === after) return known.hash;
    const made = { after, hash: hash() };
    this.#hashed.set(month, made);
    return made.hash;
  }

  /** Works with what a month's view was before; nobody else does meanwhile, and nobody after it was cancelled. */
  *viewing<T>(month: ReconMonth, work: (view: MonthView) => Steps<T>): Steps<T> {
    const view = this.#views.get(month) ?? new MonthView();
    this.#views.delete(month);
    const made = yield* work(view);
    this.#views.set(month, view);
    return made;
  }
}
