/** Waiting for what a store comes to: as long as a busy machine takes. */
import { expect, vi } from 'vitest';

export function soon<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000 });
}

export async function until(check: () => boolean): Promise<void> {
  await soon(() => expect(check()).toBe(true));
}
