/** The clock that the window shows: the account's, or UTC while there is none. */
import type { Zone } from '../../shared/domain/time.ts';
import { accountZone, UTC_ZONE } from '../features/account/selectors.ts';
import { useAppState } from './context.ts';

export function useZone(): Zone {
  const view = useAppState((state) => state.view);
  return view === null ? UTC_ZONE : accountZone(view);
}
