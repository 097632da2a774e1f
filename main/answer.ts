/**
 * How a host call crosses from page to main: a channel per method, and an answer that is a value or a message. Electron
 * sends only the text of an error, wrapped in words of its own, so failures travel as data.
 */
import type { HostApi } from '../shared/contract/host.ts';

export type HostMethod = keyof HostApi;

export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly name: string; readonly message: string };

export function channelOf(method: HostMethod): string {
  return `drawdown:${method}`;
}
