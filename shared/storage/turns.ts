/** Work in turns, between which its caller can do something else. */
import type { Progress } from '../contract/rpc.ts';

/** Turns that say how far they are, in words for whoever waits. */
export function* asProgress<Y, T>(turns: Generator<Y, T>, of: (turn: Y) => Progress): Generator<Progress, T> {
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return turn.value;
    yield of(turn.value);
  }
}
