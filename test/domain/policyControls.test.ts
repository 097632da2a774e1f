/** Every policy value has a control, and what is typed into it comes back in one form. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fittedSlider, sliderPosition, sliderText, steppedText } from '../../shared/domain/controlSlider.ts';
import { readControl, showControl, type ControlForm, type ControlValue } from '../../shared/domain/controlText.ts';
import { readDuration, showDuration } from '../../shared/domain/durationText.ts';
import { ATOMS_PER_UNIT } from '../../shared/domain/money.ts';
import { DEFAULT_POLICY, mergePolicy } from '../../shared/domain/policy.ts';
import { POLICY_CONTROLS, policyPatch, policyValue, withValues } from '../../shared/domain/policyControls.ts';
import { parseDuration } from '../../shared/domain/time.ts';
import { readScenario } from '../../shared/scenario/read.ts';
import { writeScenario } from '../../shared/scenario/write.ts';
import { controlTexts } from './controlArbitraries.ts';

/** Paths of all leaves: what is no map of values. */
function leaves(tree: object, base = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value) && !('months' in value);
    return isGroup ? leaves(value, `${base}${key}.`) : [`${base}${key}`];
  });
}

function value(form: ControlForm, text: string): ControlValue {
  const read = readControl(form, text, 'USD');
  if (!read.ok) throw new Error(`${text}: ${read.message}`);
  return read.value;
}

describe('the table', () => {
  test('has exactly one control for each value of the policy', () => {
    expect(POLICY_CONTROLS.map(({ path }) => path).sort()).toEqual(leaves(DEFAULT_POLICY).sort());
  });

  test('names no two controls of a group alike', () => {
    const names = POLICY_CONTROLS.map(({ group, label }) => `${group} ${label}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(POLICY_CONTROLS.map((control) => [control.path, control] as const))(
    '%s is set, read back from a policy and from a scenario file',
    (path, { form }) => {
      fc.assert(
        fc.property(controlTexts(form), (text) => {
          const typed = value(form, text);
          const policy = mergePolicy(DEFAULT_POLICY, policyPatch([[path, typed]]));
          expect(policyValue(policy, path)).toEqual(typed);
          const shown = showControl(form, typed, 'USD');
          expect(showControl(form, value(form, shown), 'USD')).toBe(shown);
          // on alone is no valid setting: it takes a threshold and an amount
          if (path === 'auto_recharge.enabled') return;
          const account = { id: 'a', currency: 'USD', timezone: 'UTC', plan: 'prepaid', opened: 0 } as const;
          const empty = { title: '', rates: new Map(), declines: [], usage: [], events: [], until: null, expect: [] };
          const read = readScenario(writeScenario({ ...empty, account, policy }), 'x.yaml');
          if (!read.ok) throw new Error(read.problems[0]?.message);
          expect(showControl(form, policyValue(read.scenario.policy, path), 'USD')).toBe(shown);
        }),
        { numRuns: 25 },
      );
    },
  );

  test('setting an amount clears the target, and the other way round', () => {
    const first = withValues(DEFAULT_POLICY, [['auto_recharge.amount', 5n * ATOMS_PER_UNIT]]);
    const second = withValues(first, [['auto_recharge.top_up_to', 9n * ATOMS_PER_UNIT]]);
    expect(second.auto_recharge).toMatchObject({ amount: null, top_up_to: 9n * ATOMS_PER_UNIT });
  });
});

describe('durations', () => {
  test.each([
    ['90 min', '1 h 30 min'],
    ['PT1H30M', '1 h 30 min'],
    ['pt90m', '1 h 30 min'],
    ['1.5 h', '1 h 30 min'],
    ['1,5h', '1 h 30 min'],
    ['1:30', '1 h 30 min'],
    ['1 hour and 30 minutes', '1 h 30 min'],
    ['5400s', '1 h 30 min'],
    ['0', '0 min'],
    ['P1D', '1 d'],
    ['24 h', '24 h'],
    ['2 weeks', '14 d'],
    ['18 mo', '1 y 6 mo'],
    ['250 ms', '0.25 s'],
  ])('%s is %s', (text, shown) => {
    const read = readDuration(text);
    expect(read.ok && showDuration(read.value)).toBe(shown);
  });

  test.each([
    ['90', 1, 'needs a unit'],
    ['1 h 30', 5, 'needs a unit after 30'],
    ['1 h 30 foo', 8, 'has no unit foo'],
    ['  soon', 3, 'is no duration from here on'],
    ['-5 min', 1, 'must not be negative'],
    ['1.5 d', 1, 'write hours for parts of a day'],
    ['101 y', 1, 'longer than 100 years'],
    ['1 h and', 5, 'is no duration'],
  ])('%s is refused at column %i: %s', (text, column, message) => {
    const read = readDuration(text);
    expect(read.ok ? null : read.column).toBe(column);
    expect(read.ok ? '' : read.message).toContain(message);
  });

  test('what is shown reads as the same time', () => {
    const parts = fc.record({ months: fc.nat(600), days: fc.nat(9_000), ms: fc.nat(2_000_000_000) });
    fc.assert(
      fc.property(parts, (duration) => {
        const read = readDuration(showDuration(duration));
        expect(read.ok && { ...read.value, text: '' }).toEqual({ ...duration, text: '' });
        const iso = read.ok ? parseDuration(read.value.text) : null;
        expect(iso).toMatchObject(duration);
      }),
    );
  });

  test('no text is too strange for an answer', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...POLICY_CONTROLS), (text, { form }) => {
        const read = readControl(form, text, 'USD');
        if (!read.ok) expect(read.column).toBeGreaterThan(0);
      }),
    );
  });
});

describe('amounts and rates', () => {
  const amount: ControlForm = { kind: 'amount', none: null, signed: true };
  test.each([
    ['2,500.00', '2500.00'],
    ['1 234 567.5', '1234567.50'],
    ['1,234,567', '1234567.00'],
    ['$5', '5.00'],
    ['5 USD', '5.00'],
    ['−0.5', '-0.50'],
    ['0.000000000001', '0.000000000001'],
  ])('%s is %s', (text, shown) => {
    expect(showControl(amount, value(amount, text), 'USD')).toBe(shown);
  });

  test.each([
    ['1,234', 'could be read two ways; write 1234 or 1.234'],
    ['5 EUR', 'is in EUR; this account is in USD'],
    ['0.0000000000001', 'finer than 12 digits'],
    ['ten', 'is no amount'],
    ['', 'is empty'],
  ])('%s is refused: %s', (text, message) => {
    const read = readControl(amount, text, 'USD');
    expect(read.ok ? '' : read.message).toContain(message);
  });

  test('a rate is in per cent, exactly', () => {
    expect(value({ kind: 'rate' }, '8.875')).toBe((8_875n * ATOMS_PER_UNIT) / 100_000n);
    expect(showControl({ kind: 'rate' }, value({ kind: 'rate' }, '8.875 %'), 'USD')).toBe('8.875 %');
    expect(readControl({ kind: 'rate' }, '-1', 'USD').ok).toBe(false);
  });

  test('no limit has words', () => {
    const limit: ControlForm = { kind: 'amount', none: 'no limit', signed: false };
    for (const text of ['no limit', 'Unlimited', 'none']) expect(value(limit, text)).toBeNull();
    expect(showControl(limit, null, 'USD')).toBe('no limit');
  });
});

describe('sliders', () => {
  const slid = POLICY_CONTROLS.flatMap(({ path, form, slider }) =>
    slider === null ? [] : [[path, { form, slider: fittedSlider(slider, form, [], 'USD') }] as const],
  );

  test.each(slid)('of %s: every place is a value, and further on is never less', (_path, control) => {
    let last = -1;
    for (let place = 0; place <= 200; place++) {
      const text = sliderText(control, place / 200, 'USD');
      const position = sliderPosition(control, text, 'USD') ?? NaN;
      expect(position).toBeGreaterThanOrEqual(last);
      last = position;
    }
    expect(last).toBe(1);
    expect(sliderPosition(control, control.slider.low, 'USD')).toBe(0);
  });

  test.each(slid)('of %s: a step on and a step back lead to the same value', (_path, control) => {
    const start = sliderText(control, 0.5, 'USD');
    const on = steppedText(control, start, 1, 'USD');
    expect(on).not.toBe(start);
    expect(steppedText(control, on, -1, 'USD')).toBe(start);
    expect(steppedText(control, control.slider.high, 1, 'USD')).toBe(control.slider.high);
    expect(steppedText(control, control.slider.low, -1, 'USD')).toBe(control.slider.low);
  });

  test('reach as far as the values that they show', () => {
    const { form, slider } = POLICY_CONTROLS.find(({ path }) => path === 'auto_recharge.monthly_limit')!;
    const fitted = fittedSlider(slider!, form, [31_000n * ATOMS_PER_UNIT], 'USD');
    expect(fitted.high).toBe('50000.00');
  });
});
