/**
 * Copies of unsaved work. A copy is what changed since a base, and the base is a workspace of an earlier moment: what people
 * change between imports is small, and is written in no time however many rows the account has.
 */
import type { Opened } from './engine.ts';
import type { CallContext } from './rpc.ts';

export interface CopyApi {
  /** The workspace as it is now, from now on known as the base of that id until another document is opened. */
  copyBase(request: { readonly base: string }, context: CallContext): Promise<Uint8Array>;
  /**
   * All that is not in the base. Null where a new base is due: that one is not of this document, or too many rows have come
   * since.
   */
  copyChanges(request: { readonly base: string }, context: CallContext): Promise<Uint8Array | null>;
  /** Opens a copy and replays it; its base is known from then on. */
  openCopy(
    request: {
      readonly name: string;
      readonly base: string;
      readonly whole: Uint8Array;
      readonly changes: Uint8Array;
    },
    context: CallContext,
  ): Promise<Opened>;
}
