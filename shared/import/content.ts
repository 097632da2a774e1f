/**
 * Fingerprint of what of a row moves money: instant, SKU, cost and meters, in 32 bits. It tells a repeated row from
 * another one under the same id; it decides nothing else. The same in every format, file and session.
 */

import type { Atoms } from '../domain/money.ts';

/** One number of several: 32 bits of two doubles' integer values. */
function mix(hash: number, low: number, high: number): number {
  const mixed = Math.imul(hash ^ low, 0x85ebca6b) ^ Math.imul(high ^ (hash >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}

const TWO_32 = 4_294_967_296;

/** A row's first part; `sku` is the `hashText` of its name. `withCost` and `withMeter` add the others. */
export function contentOf(at: number, sku: number): number {
  return mix(sku, at | 0, (at / TWO_32) | 0);
}

/** An absent cost is `ABSENT`. */
export function withCost(content: number, whole: number, pico: number): number {
  return mix(content ^ (whole | 0), pico | 0, (pico / TWO_32) | 0);
}

/** Meters come in any order, and one of zero is as if it were absent; `meter` is the `hashText` of its name. */
export function withMeter(content: number, meter: number, whole: number, pico: number): number {
  if (whole <= 0 && pico === 0) return content;
  return (content + mix(meter ^ (pico | 0), whole | 0, (whole / TWO_32) | 0)) | 0;
}

/** A negative row's content: what of it is kept, which is its instant and its amount. */
export function contentOfAdjustment(at: number, amount: Atoms): number {
  return withCost(contentOf(at, 0), Number(BigInt.asIntN(32, amount)), 0);
}
