/** Staged usage files as the worker would describe them; figures of each add up. Invented throughout. */
import type { FilePreview, ImportReport, PreviewRow, ReadingChoices } from '../../shared/contract/importing.ts';

export const SHA = 'c1cb92d0a3b5c7e90f1122334455667788990011aabbccddeeff00112233e7a3';
const FORMATS = [
  { format: 'bank-csv', label: 'Bank CSV' },
  { format: 'generic-csv', label: 'Any CSV with a time and a cost' },
  { format: 'openai-cost', label: 'OpenAI cost export' },
  { format: 'openai-usage', label: 'OpenAI activity export' },
  { format: 'anthropic-cost', label: 'Anthropic cost export' },
];

export const NO_ROWS: ImportReport['rows'] = {
  read: 0,
  stored: 0,
  duplicate: 0,
  rejected: 0,
  adjustments: 0,
  complimentary: 0,
  rounded: 0,
  superseded: 0,
};

export function report(file: string, more: Partial<ImportReport>): ImportReport {
  return {
    file,
    kind: 'usage',
    sha256: SHA,
    size: 851,
    format: 'generic-csv',
    why: 'the header has timestamp and cost',
    encoding: 'utf-8',
    rows: NO_ROWS,
    from: null,
    to: null,
    totals: {},
    repeated: {},
    tie: null,
    repeatedFile: false,
    problems: [],
    problemCount: 0,
    ...more,
  };
}

export function preview(id: number, of: ImportReport, more: Partial<FilePreview> = {}): FilePreview {
  return {
    id,
    report: of,
    choices: {},
    fromProfile: false,
    formats: FORMATS,
    fingerprint: null,
    columns: null,
    meanings: [],
    questions: [],
    mends: [],
    buckets: null,
    doubleCount: null,
    text: [],
    rows: [],
    marks: [],
    repeats: null,
    unpriced: [],
    lacksNextPage: false,
    unreadable: false,
    ready: true,
    ...more,
  };
}

export function row(more: Partial<PreviewRow>): PreviewRow {
  return {
    line: null,
    at: null,
    date: null,
    what: '',
    reference: null,
    referenceInText: false,
    amount: null,
    currency: 'EUR',
    meters: {},
    balance: null,
    fate: 'stored',
    ...more,
  };
}

export function textLines(text: string): FilePreview['text'] {
  return text.split('\n').map((line, index) => ({ line: index + 1, text: line }));
}

export function usageLog(id: number, file: string): FilePreview {
  const at = Date.UTC(2026, 9, 1, 0, 3, 12, 480);
  const lines = Array.from({ length: 40 }, (_, index) => ({
    line: index + 1,
    id: index === 17 ? 'evt_000016' : `evt_0000${String(index).padStart(2, '0')}`,
    cost: `0.0${String(((index * 37) % 90) + 10)}`,
    tokens: 1200 + index * 13,
  }));
  return preview(
    id,
    report(file, {
      format: 'usage-ndjson',
      why: 'each line is an object with timestamp, model and cost; gzip',
      size: 1_840_200,
      sha256: SHA.replace('c1', '4f'),
      rows: { ...NO_ROWS, read: 8170, stored: 8168, duplicate: 2, complimentary: 12, rounded: 41 },
      from: Date.UTC(2026, 9, 1, 0, 3),
      to: Date.UTC(2026, 9, 31, 23, 58),
      totals: { USD: '939.991204' },
      repeated: { USD: '0.05' },
    }),
    {
      text: lines.map(({ line, id: event, cost, tokens }) => ({
        line,
        text: JSON.stringify({
          id: event,
          timestamp: `2026-10-01T00:${String(line).padStart(2, '0')}:12.480Z`,
          model: 'hm-large',
          input_tokens: tokens,
          output_tokens: 310,
          cost: Number(cost),
          region: 'eu-west',
        }),
      })),
      rows: lines.map(({ line, id: event, cost, tokens }, index) =>
        row({
          line,
          at: at + index * 61_000,
          what: 'hm-large',
          reference: event,
          amount: index === 30 ? '0' : cost,
          currency: 'USD',
          meters: { input_tokens: String(tokens), output_tokens: '310' },
          fate: index === 17 ? 'duplicate' : index === 30 ? 'complimentary' : 'stored',
        }),
      ),
    },
  );
}

const COSTS = [
  ['2026-09-29', '0.048384', 'gpt-4.1-2025-04-14, cached input', '96768'],
  ['2026-09-29', '0.6107', 'gpt-4.1-2025-04-14, input', '305350'],
  ['2026-09-29', '0.335248', 'gpt-4.1-2025-04-14, output', '41906'],
  ['2026-09-30', '0.0450816', 'gpt-4o-mini-2024-07-18, cached input', '601088'],
  ['2026-09-30', '0.21056745', 'gpt-4o-mini-2024-07-18, input', '1403783'],
  ['2026-10-02', '0.2264412', 'gpt-4o-mini-2024-07-18, output', '377402'],
] as const;

export function dailyCosts(id: number, file: string, choices: ReadingChoices, otherStaged: string | null): FilePreview {
  const headers = [
    'start_time',
    'end_time',
    'start_time_iso',
    'end_time_iso',
    'amount_value',
    'amount_currency',
    'quantity',
    'quantity_unit',
    'line_item',
    'project_id',
  ];
  return preview(
    id,
    report(file, {
      format: 'openai-cost',
      why: 'the header has amount_value, line_item and quantity_unit: the cost export of September 2026',
      size: 6726,
      sha256: SHA.replace('c1', '03'),
      rows: { ...NO_ROWS, read: 6, stored: 6, complimentary: 0, rounded: 6 },
      from: Date.UTC(2026, 8, 29),
      to: Date.UTC(2026, 9, 3),
      totals: { USD: '1.47642225' },
    }),
    {
      choices,
      fingerprint: '0b77aa31d9e2',
      buckets: { rows: 6, longestMs: 86_400_000 },
      columns: headers.map((header) => ({
        header,
        meaning:
          {
            start_time: 'time',
            end_time: 'until',
            amount_value: 'cost',
            amount_currency: 'currency',
            line_item: 'sku',
            quantity: 'quantity',
          }[header] ?? null,
        example:
          header === 'amount_value'
            ? '0.048384000000000000000000000000'
            : header === 'line_item'
              ? COSTS[0][2]
              : '1790640000',
      })),
      meanings: ['time', 'until', 'cost', 'currency', 'sku', 'quantity', 'project', 'key'].map((meaning) => ({
        meaning,
        label: meaning,
      })),
      text: [
        { line: 1, text: headers.join(',') },
        ...COSTS.map(([day, cost, sku, quantity], index) => ({
          line: index + 2,
          text: `1790640000,1790726400,${day}T00:00:00,${day}T24:00:00,${cost.padEnd(32, '0')},usd,${quantity}.0,tokens,"${sku}",proj_SmpAlder7Field2Kiosk4Mint0`,
        })),
      ],
      rows: COSTS.map(([day, cost, sku, quantity], index) =>
        row({
          line: index + 2,
          at: Date.UTC(2026, Number(day.slice(5, 7)) - 1, Number(day.slice(8))),
          what: sku,
          amount: cost,
          currency: 'USD',
          meters: { quantity },
        }),
      ),
      doubleCount:
        otherStaged === null
          ? null
          : {
              other: otherStaged,
              from: Date.UTC(2026, 8, 29),
              to: Date.UTC(2026, 9, 3),
              says: `${file} groups 29 Sep – 2 Oct by line item, ${otherStaged} groups it by project; both come to 1.47642225 USD.`,
              otherStaged: true,
            },
      ready: otherStaged === null,
    },
  );
}

/** Asks for the order of day and month and for a zone. */
export function openQuestions(id: number, file: string, choices: ReadingChoices): FilePreview {
  const answered = choices.dateOrder !== undefined && choices.zone !== undefined;
  const meaningOf = (header: string, usual: string | null): string | null => {
    const chosen = Object.entries(choices.columns ?? {}).find(([, of]) => of === header)?.[0];
    if (chosen !== undefined) return chosen;
    return usual !== null && choices.columns?.[usual] === undefined ? usual : null;
  };
  return preview(
    id,
    report(file, {
      format: choices.format ?? 'generic-csv',
      why: 'no vendor’s header; it has a time, a model and a cost',
      size: 48_310,
      sha256: SHA.replace('c1', 'd2'),
      rows: { ...NO_ROWS, read: 1204, stored: answered ? 1203 : 0, rejected: answered ? 1 : 0 },
      from: answered ? Date.UTC(2026, 2, 10, 8) : null,
      to: answered ? Date.UTC(2026, 3, 2, 17, 30) : null,
      totals: answered ? { USD: '118.4' } : {},
      problems: answered
        ? [{ file, line: 4, column: 31, field: 'cost', message: 'the cost is no number: "n/a"; write it as 12.34' }]
        : [],
      problemCount: answered ? 1 : 0,
    }),
    {
      choices,
      fingerprint: '91c2f0e4aa17',
      columns: [
        { header: 'When', meaning: meaningOf('When', 'time'), example: '3/10/2026 08:14' },
        { header: 'Model', meaning: meaningOf('Model', 'sku'), example: 'hm-large' },
        { header: 'Cost', meaning: meaningOf('Cost', 'cost'), example: '0.42' },
        { header: 'Team', meaning: meaningOf('Team', null), example: 'search' },
      ],
      meanings: [
        { meaning: 'time', label: 'time' },
        { meaning: 'sku', label: 'SKU' },
        { meaning: 'cost', label: 'cost' },
        { meaning: 'project', label: 'project' },
        { meaning: 'id', label: 'id' },
      ],
      questions: [
        ...(choices.dateOrder === undefined
          ? [
              {
                choice: 'dateOrder',
                column: 'When',
                asks: 'Is the day or the month first?',
                example: '3/10/2026',
                options: [
                  { value: 'dmy', label: 'Day first: 3 Oct' },
                  { value: 'mdy', label: 'Month first: 10 Mar' },
                ],
              } as const,
            ]
          : []),
        ...(choices.zone === undefined
          ? [
              {
                choice: 'zone',
                column: 'When',
                asks: 'Which clock do the times follow?',
                example: '3/10/2026 08:14',
                options: [
                  { value: 'UTC', label: 'UTC' },
                  { value: 'Europe/Berlin', label: 'Europe/Berlin' },
                ],
              } as const,
            ]
          : []),
      ],
      text: textLines(
        'When,Model,Cost,Team\n3/10/2026 08:14,hm-large,0.42,search\n3/10/2026 08:15,hm-small,0.0031,search\n3/10/2026 08:17,hm-large,n/a,search\n3/11/2026 09:00,hm-large,0.4,billing',
      ),
      rows: answered
        ? [
            row({ line: 2, at: Date.UTC(2026, 2, 10, 8, 14), what: 'hm-large', amount: '0.42', currency: 'USD' }),
            row({ line: 3, at: Date.UTC(2026, 2, 10, 8, 15), what: 'hm-small', amount: '0.0031', currency: 'USD' }),
            row({ line: 5, at: Date.UTC(2026, 2, 11, 9), what: 'hm-large', amount: '0.4', currency: 'USD' }),
          ]
        : [],
      ready: answered,
    },
  );
}

export function unreadable(id: number, file: string): FilePreview {
  return preview(
    id,
    report(file, {
      kind: 'unknown',
      format: 'unknown',
      why: '',
      encoding: null,
      size: 20_480,
      sha256: SHA.replace('c1', 'ee'),
      problems: [
        {
          file,
          line: null,
          column: null,
          field: null,
          message: 'these bytes are no text and no format that is read; export it as CSV, XLSX, OFX or CAMT.053',
        },
      ],
      problemCount: 1,
    }),
    { unreadable: true, ready: false },
  );
}

/** A file of which nearly every row is wrong. */
export function manyProblems(id: number, file: string): FilePreview {
  const problems = Array.from({ length: 1000 }, (_, index) => ({
    file,
    line: index + 2,
    column: 14,
    field: 'cost',
    message:
      index % 3 === 0
        ? 'the time has neither Z nor an offset'
        : `the cost is no number: "${['n/a', '-', '?'][index % 3] ?? ''}"`,
  }));
  return preview(
    id,
    report(file, {
      size: 912_000,
      rows: { ...NO_ROWS, read: 20_000, stored: 7_642, rejected: 12_358 },
      totals: { USD: '82.1' },
      from: Date.UTC(2026, 8, 1),
      to: Date.UTC(2026, 8, 30),
      problems,
      problemCount: 12_358,
    }),
    {
      text: [
        { line: 1, text: 'timestamp,cost,model' },
        ...Array.from({ length: 60 }, (_, index) => ({
          line: index + 2,
          text: `2026-09-01T00:${index}:00,n/a,hm-large`,
        })),
      ],
    },
  );
}
