/** The paths of values that can be set, read and written in one place. */

export const ZONE_PATH = 'account.timezone';

export type ValuePath =
  | { readonly kind: 'policy'; readonly path: string }
  | { readonly kind: 'tier'; readonly index: number; readonly field: string }
  | { readonly kind: 'zone' }
  | { readonly kind: 'priority'; readonly event: number }
  | { readonly kind: 'price'; readonly sku: string; readonly entry: number; readonly meter: string };

export function priorityPath(event: number): string {
  return `events[${event}].priority`;
}

export function pricePath(sku: string, entry: number, meter: string): string {
  return `rates[${JSON.stringify(sku)}][${entry}].${meter}`;
}

/** What a path means; anything that is no other kind is taken to be one of the policy. */
export function pathOf(text: string): ValuePath {
  if (text === ZONE_PATH) return { kind: 'zone' };
  const tier = /^tiers\[(\d{1,6})\]\.([a-z_]+)$/.exec(text);
  if (tier !== null) return { kind: 'tier', index: Number(tier[1]), field: tier[2] ?? '' };
  const grant = /^events\[(\d{1,9})\]\.priority$/.exec(text);
  if (grant !== null) return { kind: 'priority', event: Number(grant[1]) };
  const price = /^rates\[("(?:[^"\\]|\\.)*")\]\[(\d{1,9})\]\.([a-z][a-z0-9_]*)$/.exec(text);
  const sku = price === null ? null : skuOf(price[1] ?? '');
  if (price !== null && sku !== null) return { kind: 'price', sku, entry: Number(price[2]), meter: price[3] ?? '' };
  return { kind: 'policy', path: text };
}

function skuOf(quoted: string): string | null {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return null;
  }
}
