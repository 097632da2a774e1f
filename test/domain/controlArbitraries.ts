/** Texts that a control takes. */
import fc from 'fast-check';
import type { ControlForm } from '../../shared/domain/controlText.ts';

const cents = fc
  .integer({ min: 0, max: 500_000 })
  .map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`);
const times = fc.oneof(
  fc.nat(5_000).map((n) => `${n} min`),
  fc.nat(300).map((n) => `PT${n}H`),
  fc.nat(400).map((n) => `${n} d`),
  fc.nat(30).map((n) => `${n}.5 h`),
);

export function controlTexts(form: ControlForm): fc.Arbitrary<string> {
  switch (form.kind) {
    case 'amount': {
      const amounts = form.signed ? fc.tuple(fc.constantFrom('', '-'), cents).map((parts) => parts.join('')) : cents;
      return form.none === null ? amounts : fc.oneof(amounts, fc.constant(form.none));
    }
    case 'duration':
      return form.none === null ? times : fc.oneof(times, fc.constant(form.none));
    case 'durations':
      return fc.array(times, { maxLength: 4 }).map((list) => list.join('; '));
    case 'rate':
      return fc.nat(30_000).map((n) => `${n / 1000} %`);
    case 'integer':
      return fc.integer({ min: Math.max(form.low, -50), max: Math.min(form.high, 50) }).map(String);
    case 'choice':
      return fc.constantFrom(...form.choices.flatMap(({ value, label }) => [value, label]));
    case 'switch':
      return fc.constantFrom('on', 'off', 'yes', 'no');
    case 'zone':
      return fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata');
    case 'name':
      return fc.stringMatching(/^[A-Za-z][A-Za-z 0-9:#]{0,8}$/).map((name) => name.trim());
    case 'tiers':
      return fc
        .array(tier, { maxLength: 4 })
        .map((tiers) => JSON.stringify(tiers.map((one, index) => ({ ...one, name: `Tier ${index + 1}` }))));
  }
}

const tier = fc.record({
  paid: cents,
  days: fc.nat(90),
  max_purchase: fc.option(cents),
  monthly_limit: fc.option(cents),
});
