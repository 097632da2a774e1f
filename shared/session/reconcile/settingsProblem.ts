/** What is wrong with settings of matching that somebody asks for. */
import type { ReconSettings } from '../../contract/reconcile.ts';
import { parseAmount } from '../../domain/money.ts';
import { ruleTest } from './scope.ts';

const COUNTS = ['before', 'after', 'exceptionDays', 'graceDays', 'duplicateDays', 'toleranceBps', 'groupSize'] as const;
const MOST: Readonly<Partial<Record<(typeof COUNTS)[number], number>>> = { groupSize: 6, toleranceBps: 10_000 };

/** In words; null where nothing is. */
export function settingsProblem(settings: Partial<ReconSettings>): string | null {
  for (const name of COUNTS) {
    const value = settings[name];
    if (value === undefined) continue;
    const most = MOST[name] ?? 366;
    if (!Number.isSafeInteger(value) || value < 0 || value > most)
      return `${name} ${value} is no whole number from 0 to ${most}`;
  }
  const { tolerance, feeBps, rules = [], rates = [], sources = [] } = settings;
  if (tolerance !== undefined) {
    const amount = parseAmount(tolerance);
    if (typeof amount !== 'bigint' || amount < 0n) return `${tolerance} is no amount such as 0.01`;
  }
  if (feeBps !== undefined && feeBps !== null && (!Number.isSafeInteger(feeBps) || feeBps < 0 || feeBps > 10_000))
    return `feeBps ${feeBps} is no whole number from 0 to 10000`;
  for (const { currency, rate } of rates) {
    const known = parseAmount(rate);
    if (!/^[A-Z]{3}$/.test(currency) || typeof known !== 'bigint' || known <= 0n)
      return `${currency} ${rate} is no exchange rate such as EUR 1.08`;
  }
  for (const rule of rules) {
    try {
      ruleTest(rule);
    } catch {
      return `the amounts of rule ${rule.name} are no decimals`;
    }
    if (rule.text.trim() === '' && rule.low === null && rule.high === null && rule.currency === null)
      return `rule ${rule.name} would take everything; give it a text or an amount`;
  }
  const known = new Set<string>();
  for (const { source, name, set } of sources) {
    const problem = settingsProblem(set);
    if (problem !== null) return `${name}: ${problem}`;
    if (!/^(bank|document)\//.test(source)) return `${name} is no source of bank lines or documents`;
    if (known.has(source)) return `${name} has settings twice`;
    known.add(source);
  }
  return null;
}
