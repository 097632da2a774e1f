/**
 * What a slice of the store is made with: a setter and a getter that see only its own part, so that slices stay
 * strangers, and the worker.
 */
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { Client } from '../../shared/contract/rpc.ts';

export type SetSlice<S> = (change: Partial<S> | ((state: S) => Partial<S>)) => void;
export type GetSlice<S> = () => S;

/** Mapped, because `Client` wants a type with an index signature and an interface has none. */
export type EngineClient = Client<EngineApi>;

export interface SliceDeps {
  readonly engine: EngineClient;
  /** Takes failures of the worker that no one waits for. */
  readonly failed: (error: unknown) => void;
}
