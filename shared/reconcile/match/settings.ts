/** What holds where nothing is set. */
import type { MatchSettings } from './types.ts';

/** The defaults of the reconciliation's conventions; the period is never a default. Cards add up to 3 % to a rate. */
export const DEFAULT_MATCH_SETTINGS: Omit<MatchSettings, 'period'> = {
  dateWindow: { before: 0, after: 3 },
  exceptionWindowDays: 15,
  amountTolerance: { abs: 0n, bps: 0 },
  graceDays: 3,
  group: { enabled: true, maxSize: 4 },
  duplicateDays: 3,
  vendorPattern: null,
  feeBps: 0,
  sources: [],
  exchangeRates: [],
  exchangeToleranceBps: 300,
  apart: [],
};
