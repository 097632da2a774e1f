import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasAlias, normalisedDescriptor } from '../../shared/reconcile/descriptor.ts';

test.each([
  ['OPENAI *CHATGPT SUBSCR', 'OPENAI CHATGPT SUBSCR'],
  ['OpenAI  *ChatGPT Subscr +14158799686 OPENAI.COM CA', 'OPENAI CHATGPT SUBSCR'],
  ['ANTHROPIC* CLAUDE SUB', 'ANTHROPIC CLAUDE SUB'],
  ['ANTHROPIC* CLAUDE SU SAN FRANCISC', 'ANTHROPIC CLAUDE SU SAN FRANCISC'],
  ['HALCYON* API CREDITS XXXX4242', 'HALCYON API CREDITS'],
  ['OPENAI.COM', 'OPENAI.COM'],
  ['12345', ''],
])('%s', (text, normal) => {
  expect(normalisedDescriptor(text)).toBe(normal);
});

test('an alias is what a descriptor begins with, also where that was cut', () => {
  expect(hasAlias('HALCYON API CREDITS', 'HALCYON')).toBe(true);
  expect(hasAlias('HALCYON AP', 'HALCYON API')).toBe(true);
  expect(hasAlias('HAL', 'HALCYON')).toBe(false);
  expect(hasAlias('PAPIERHAUS', 'HALCYON')).toBe(false);
  expect(hasAlias('PAPIERHAUS', '')).toBe(false);
});

test('what is normal stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const normal = normalisedDescriptor(text);
      expect(normalisedDescriptor(normal)).toBe(normal);
    }),
  );
});
