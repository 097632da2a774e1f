/** The account that is open: the worker's last view of it, and whether a newer one is on its way. */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { SetSlice } from '../../ui/slice.ts';

export interface AccountSlice {
  readonly view: AccountView | null;
  /** A replay is under way; the figures on screen are the last finished ones. */
  readonly updating: boolean;
  showAccount(view: AccountView): void;
  setUpdating(updating: boolean): void;
}

export function createAccountSlice(set: SetSlice<AccountSlice>): AccountSlice {
  return {
    view: null,
    updating: false,
    showAccount: (view) => set({ view, updating: false }),
    setUpdating: (updating) => set({ updating }),
  };
}
