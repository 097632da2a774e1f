/** Controls in their groups, narrowed to what is looked for. Pure. */
import type { WhatIfControl } from '../../../shared/contract/whatIf.ts';

export interface ControlSection {
  readonly group: string;
  /** The switch of the whole group: it has the group's own name. */
  readonly head: WhatIfControl | null;
  readonly controls: readonly WhatIfControl[];
}

export function groupsOf(
  controls: readonly WhatIfControl[],
  narrow: { readonly filter: string; readonly only: ReadonlySet<string> | null },
): ControlSection[] {
  const words = narrow.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = controls.filter(({ path, label, group, help }) => {
    if (narrow.only?.has(path) === false) return false;
    const said = `${label} ${group} ${help} ${path}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
  const sections = new Map<string, { head: WhatIfControl | null; controls: WhatIfControl[] }>();
  for (const control of shown) {
    const section = sections.get(control.group) ?? { head: null, controls: [] };
    sections.set(control.group, section);
    if (control.form.kind === 'switch' && control.label === control.group) section.head = control;
    else section.controls.push(control);
  }
  return [...sections].map(([group, section]) => ({ group, ...section }));
}
