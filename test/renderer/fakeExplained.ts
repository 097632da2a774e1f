/** Explanations of an invented difference, as a search gives them piece by piece. */
import type { Explained } from '../../shared/contract/explain.ts';

/** Three answers: nothing yet, a part, all. */
export function explained(next: number): Explained {
  const base = { family: 'policy', movedCount: 2, stated: '2449.71', before: '2177.52' } as const;
  const all: Explained['explanations'] = [
    {
      ...base,
      id: 'tz',
      changes: { tz: 'America/Los_Angeles' },
      residual: '0',
      verdict: 'proven',
      rivals: 0,
      percent: 100,
      sentence: 'The vendor’s month ends at midnight Pacific time.',
      detail: '1 Oct 03:12 UTC is 30 Sep 20:12 there, so the purchase is in its September.',
      after: '2449.71',
      also: [
        { label: 'September usage', before: '-3.47', after: '0', closes: true },
        { label: 'August usage', before: '9.46', after: '0', closes: true },
        { label: 'Day totals', before: '30 of 30', after: '30 of 30', closes: true },
      ],
      moved: [
        { at: Date.UTC(2026, 9, 1, 3, 12, 44), label: 'Purchase L-35', amount: '272.19', file: null, line: null },
        { at: Date.UTC(2026, 8, 1, 2), label: 'hm-large', amount: '3.47', file: 'usage.ndjson', line: 4 },
      ],
      set: { timezone: 'America/Los_Angeles' },
    },
    {
      ...base,
      id: 'backdated',
      changes: { grants: 'month_end' },
      residual: '0',
      verdict: 'fits',
      rivals: 2,
      percent: 100,
      sentence: 'Credits are dated to the end of the month before.',
      detail: 'Leaves September usage open by 3.47.',
      after: '2449.71',
      also: [{ label: 'September usage', before: '-3.47', after: '-3.47', closes: false }],
      moved: [],
      movedCount: 0,
      set: { grants: 'month_end' },
    },
    {
      ...base,
      id: 'twice',
      family: 'arithmetic',
      changes: { item: 'twice' },
      residual: '0',
      verdict: 'fits',
      rivals: 2,
      percent: 100,
      sentence: 'One recharge was invoiced twice.',
      detail: 'Any of six equal invoices; all numbers differ.',
      after: '2449.71',
      also: [],
      moved: [],
      movedCount: 0,
      set: null,
    },
    {
      ...base,
      id: 'untaxed',
      family: 'arithmetic',
      changes: { tax: 'none' },
      residual: '22.19',
      verdict: 'partial',
      rivals: 0,
      percent: 92,
      sentence: 'The extra document carries no tax.',
      detail: 'Explains 250.00 of 272.19.',
      after: '2427.52',
      also: [],
      moved: [],
      movedCount: 0,
      set: null,
    },
  ];
  const shown = next === 0 ? [] : next === 1 ? all.slice(2) : all;
  return {
    ...{ label: 'Other period', simulated: '2177.52', stated: '2449.71', difference: '272.19' },
    explanations: shown,
    tried: { arithmetic: 31, data: 363 * (next + 1), policy: next * 82 },
    ms: 270 * (next + 1),
    next: next === 2 ? null : next + 1,
  };
}
