/** The account that is open: the worker's last view of it, and whether a newer one is on its way. */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { SetSlice } from '../../ui/slice.ts';

export interface AccountSlice {
  readonly view: AccountView | null;
  /** A replay is under way; the figures on screen are the last finished ones. */
  readonly updating: boolean;
  /** Counts accounts: what a table remembers of one, such as where it was scrolled, ends with it. */
  readonly accountNumber: number;
  showAccount(view: AccountView, sameAccount: boolean): void;
  setUpdating(updating: boolean): void;
}

export function createAccountSlice(set: SetSlice<AccountSlice>): AccountSlice {
  return {
    view: null,
    updating: false,
    accountNumber: 0,
    showAccount: (view, sameAccount) =>
      set(({ accountNumber }) => ({
        view,
        updating: false,
        accountNumber: sameAccount ? accountNumber : accountNumber + 1,
      })),
    setUpdating: (updating) => set({ updating }),
  };
}
