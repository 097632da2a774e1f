/**
 * The values that differ from the saved ones, as they are being tried: how one is set, whether two are the same, what they
 * are called. Pure.
 */
import type { Variant, WhatIfChange, WhatIfControl } from '../../../shared/contract/whatIf.ts';
import { readControl, showControl } from '../../../shared/domain/controlText.ts';
import { fieldText } from './controlWords.ts';

export interface Draft {
  readonly set: Readonly<Record<string, string>>;
  readonly hold: readonly string[];
}

export const NO_DRAFT: Draft = { set: {}, hold: [] };
const LETTERS = 'ABCDEFGHIJ';
const NAMED = 2;

/** A text in the one form of its control; null where it cannot be read. */
export function inOneForm({ form }: Pick<WhatIfControl, 'form'>, text: string, currency: string): string | null {
  const read = readControl(form, text, currency);
  return read.ok ? showControl(form, read.value, currency) : null;
}

/** With a value set; one that is as it is saved is no change. */
export function withValue(draft: Draft, control: WhatIfControl, text: string, currency: string): Draft {
  const value = inOneForm(control, text, currency) ?? text;
  const set = { ...draft.set };
  if (value === control.saved) Reflect.deleteProperty(set, control.path);
  else set[control.path] = value;
  return { ...draft, set };
}

export function withHold(draft: Draft, path: string, held: boolean): Draft {
  const others = draft.hold.filter((one) => one !== path);
  return { ...draft, hold: held ? [...others, path] : others };
}

/** What of a draft still means something: paths that the account has, values that differ from its own. */
export function fitted(draft: Draft, controls: readonly WhatIfControl[], currency: string): Draft {
  let next: Draft = {
    set: {},
    hold: draft.hold.filter((path) => controls.some((control) => control.path === path && control.changes.length > 0)),
  };
  for (const control of controls) {
    const text = draft.set[control.path];
    if (text !== undefined) next = withValue(next, control, text, currency);
  }
  return next;
}

export function draftOf({ set, hold = [] }: WhatIfChange): Draft {
  return { set, hold };
}

export function sameDraft(a: WhatIfChange, b: WhatIfChange): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ set, hold = [] }: WhatIfChange): string {
  const byPath = Object.entries(set).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([byPath, [...hold].sort()]);
}

/** How many values and holds differ from the saved run. */
export function changeCount({ set, hold }: Draft): number {
  return new Set([...Object.keys(set), ...hold]).size;
}

export function letterOf(place: number): string {
  return LETTERS.charAt(place);
}

/** The letter of what is tried: that of the variant that it is, or the next free one. */
export function letterOfDraft(draft: Draft, variants: readonly Variant[]): string {
  const place = variants.findIndex((variant) => sameDraft(variant, draft));
  return letterOf(place < 0 ? variants.length : place);
}

/** `Monthly limit 2,500.00`, `Amount 500.00, threshold 300.00`, `Delay 15 min and 2 more`. */
export function draftName(draft: Draft, controls: readonly WhatIfControl[]): string {
  const words = controls.flatMap((control) => {
    const text = draft.set[control.path];
    if (text !== undefined) return [changeWords(control, text)];
    return draft.hold.includes(control.path) ? [`${control.label} held`] : [];
  });
  if (words.length === 0) return 'As saved';
  if (words.length > NAMED) return `${words[0] ?? ''} and ${words.length - 1} more`;
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toLowerCase() + word.slice(1))).join(', ');
}

function changeWords(control: WhatIfControl, text: string): string {
  if (control.form.kind === 'tiers') return `Other ${control.label.toLowerCase()}`;
  if (control.form.kind === 'switch') return `${control.label} ${text}`;
  return `${control.label} ${fieldText(control, text)}`;
}
