/** The queries that come with the app. */
import type { SavedQuery } from '../contract/journal.ts';

export const SHIPPED_QUERIES: readonly SavedQuery[] = [
  {
    name: 'Cost by model and day',
    note: 'What usage rows cost, by SKU and UTC day; rows without a cost of their own are counted apart.',
    sql: `SELECT substr(at, 1, 10) AS day, sku, count(*) AS usage_rows, exact_sum(cost) AS cost, sum(cost IS NULL) AS rows_without_cost
FROM usage
GROUP BY day, sku
ORDER BY day, sku`,
  },
  {
    name: 'Purchases and tax by month',
    note: 'What was paid for credits, with and without tax, by UTC month.',
    sql: `SELECT substr(at, 1, 7) AS month, count(*) AS purchases, sum(kind = 'auto_recharge') AS auto_recharges,
  exact_sum(amount) AS amount, exact_sum(tax) AS tax, exact_sum(charged) AS charged
FROM timeline
WHERE type = 'purchase'
GROUP BY month
ORDER BY month`,
  },
  {
    name: 'Overruns',
    note: 'Usage that no credit covered: when it was taken, in how long a run of rows, and the record before it.',
    sql: `SELECT j.at, j.amount, s.row_count AS rows_of_its_run, (
    SELECT t.at || ' ' || t.type FROM timeline t
    WHERE t.at <= j.at AND t.type IN ('cutoff', 'expiry', 'recharge_skipped', 'recharge_paused', 'payment_declined', 'posting')
    ORDER BY t.record_id DESC LIMIT 1
  ) AS record_before
FROM journal j
JOIN usage_span s USING (span_id)
WHERE j.debit = 'overrun_receivable'
ORDER BY j.entry_id`,
  },
  {
    name: 'Rejections without a reason on record',
    note: 'Rejected usage before which no record closed access or stopped it; none is what should be found.',
    sql: `WITH rejection AS (
  SELECT s.span_id, s.from_ms, s.row_count, s.status, (
    SELECT t.type FROM timeline_record t
    WHERE t.at_ms <= s.from_ms AND t.type IN (
      CASE s.status WHEN 'insufficient_quota' THEN 'cutoff' WHEN 'monthly_limit' THEN 'limit_reached' ELSE 'plan_cancelled' END,
      CASE s.status WHEN 'insufficient_quota' THEN 'restored' WHEN 'monthly_limit' THEN 'limit_lifted' ELSE 'plan_started' END
    )
    ORDER BY t.record_id DESC LIMIT 1
  ) AS last_change
  FROM usage_span s
  WHERE s.status <> 'accepted'
)
SELECT strftime('%Y-%m-%dT%H:%M:%fZ', from_ms / 1000.0, 'unixepoch') AS from_at, status, row_count AS usage_rows, last_change
FROM rejection
WHERE last_change IN ('restored', 'limit_lifted', 'plan_started') OR (last_change IS NULL AND status = 'monthly_limit')
ORDER BY span_id`,
  },
  {
    name: 'Largest usage rows',
    note: 'The hundred rows that cost most, with their file and line.',
    sql: `SELECT at, sku, cost, input_tokens, output_tokens, project, key, file, line
FROM usage
WHERE cost_whole IS NOT NULL
ORDER BY cost_whole DESC, cost_pico DESC
LIMIT 100`,
  },
  {
    name: 'Statement lines by reference',
    note: 'Lines of imported statements together by reference: how often, how much, in which files.',
    sql: `SELECT reference, currency, count(*) AS lines, exact_sum(amount) AS amount, min(booked_on) AS first_day, max(booked_on) AS last_day,
  group_concat(DISTINCT file) AS files
FROM statement_lines
GROUP BY reference, currency
ORDER BY reference IS NULL, reference, currency`,
  },
];
