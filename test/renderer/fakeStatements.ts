/** Staged statements as the worker would describe them; figures of each add up. Invented throughout. */
import type { FilePreview, ReadingChoices } from '../../shared/contract/importing.ts';
import { NO_ROWS, SHA, preview, report, row, textLines } from './fakePreviews.ts';

const BANK = `"Kontoauszug";"Nordlicht Bank eG"
"IBAN";"DE89 3704 0044 0532 0130 00"
"Zeitraum";"01.10.2026 - 31.10.2026"
"Anfangssaldo";"12.450,00 EUR"

Buchungstag;Wertstellung;Empfänger/Auftraggeber;Verwendungszweck;Soll;Haben;Währung;Saldo
08.10.2026;08.10.2026;HALCYON MODELS INC;"Rechnung HLCN2K7Q-0012; USD 250,00 Kurs 0,9278";231,95;;EUR;12.218,05
08.10.2026;08.10.2026;Papierhaus Müller & Söhne;Bürobedarf 4711;115,25;;EUR;12.102,80
12.10.2026;12.10.2026;Nordlicht Bank eG;Auslandseinsatzentgelt 1,75 %;4,06;;EUR;12.098,74
20.10.2026;20.10.2026;Größe AG;Rechnung BW-2026-118;;1.200,00;EUR;13.298,74
21.10.2026;21.10.2026;Papierhaus Müller & Söhne;Rückgabe Überweisung AC04;;115,25;EUR;13.413,99
30.10.2026;30.10.2026;HALCYON MODELS INC;Rechnung HLCN2K7Q-0015 USD 1.088,75;1.010,12;;EUR;12.403,87

"Endsaldo";"12.403,87 EUR"`;

export function bankCsv(id: number, file = 'bank_generic_eu.csv'): FilePreview {
  const movements: readonly (readonly [number, string, string, string | null, string, string])[] = [
    [7, '2026-10-08', 'HALCYON MODELS INC', 'HLCN2K7Q-0012', '231.95', '12218.05'],
    [8, '2026-10-08', 'Papierhaus Müller & Söhne', '4711', '115.25', '12102.8'],
    [9, '2026-10-12', 'Nordlicht Bank eG', null, '4.06', '12098.74'],
    [10, '2026-10-20', 'Größe AG', 'BW-2026-118', '-1200', '13298.74'],
    [11, '2026-10-21', 'Papierhaus Müller & Söhne', 'AC04', '-115.25', '13413.99'],
    [12, '2026-10-30', 'HALCYON MODELS INC', 'HLCN2K7Q-0015', '1010.12', '12403.87'],
  ];
  const meanings = [
    ['Buchungstag', 'date', 'date', '08.10.2026'],
    ['Wertstellung', 'value_date', 'value date', '08.10.2026'],
    ['Empfänger/Auftraggeber', 'party', 'party', 'HALCYON MODELS INC'],
    ['Verwendungszweck', 'text', 'text', 'Rechnung HLCN2K7Q-0012; USD 250,00 Kurs 0,9278'],
    ['Soll', 'debit', 'out', '231,95'],
    ['Haben', 'credit', 'in', '1.200,00'],
    ['Währung', 'currency', 'currency', 'EUR'],
    ['Saldo', 'balance', 'balance', '12.218,05'],
  ] as const;
  return preview(
    id,
    report(file, {
      kind: 'statement',
      format: 'bank-csv',
      encoding: 'windows-1252',
      why: 'semicolons, decimal commas, day first: 20 and 30 are days; 8 fields on each of 7 lines',
      rows: { ...NO_ROWS, read: 6, stored: 6 },
      from: Date.UTC(2026, 9, 8),
      to: Date.UTC(2026, 9, 30),
      totals: { EUR: '46.13' },
      tie: { opening: '12450', movements: '-46.13', closing: '12403.87', holds: true, firstBreakLine: null },
    }),
    {
      fingerprint: '5d1e88aa4c0f',
      columns: meanings.map(([header, meaning, , example]) => ({ header, meaning, example })),
      meanings: meanings.map(([, meaning, label]) => ({ meaning, label })),
      text: textLines(BANK),
      rows: movements.map(([line, date, what, reference, amount, balance]) =>
        row({ line, date, what, reference, amount, balance }),
      ),
    },
  );
}

const MT940 = `:20:STARTUMSE
:25:37040044/0532013000
:28C:00012/001
:60F:C261229EUR12403,87
:61:2612301230DR231,95NTRFHLCN2K7Q-0019//BK26123000017
:86:177?00AUSLANDSUEBERWEISUNG?109248?20EREF+HLCN2K7Q-0019 SVWZ+INV?2
1OICE HLCN2K7Q-0019 API CRED?22ITS USD 250,00 KURS 0,9278?30HALCU
S33XXX?32HALCYON MODELS INC
:61:2612311231DR4,06NCHGNONREF//BK26123100003
:86:808?00ENTGELT?109201?20AUSLANDSEINSATZENTGELT 1,75?21PCT ZU BK261
23000017
:61:2612310102DR250,NMSCNONREF//BK27010200001
:86:166?00ONLINE-UEBERWEISUNG?109248?20SVWZ+MIETE BUERO JANUAR?32HAFE
NKONTOR GBR
:61:2701040104RDR115,25NRTINONREF//BK27010400002
:86:199?00STORNO UEBERWEISUNG?109248?20SVWZ+RUECKGABE PH-4712 AC04
:62F:C270104EUR12033,11`;

/** Does not tie until its reversals are flipped. */
export function mt940(id: number, file: string, choices: ReadingChoices): FilePreview {
  const flipped = choices.flipReversals === true;
  return preview(
    id,
    report(file, {
      kind: 'statement',
      format: 'mt940',
      why: ':20: and :60F: open a SWIFT MT940 statement',
      size: 784,
      sha256: SHA.replace('c1', '88'),
      rows: { ...NO_ROWS, read: 4, stored: 4 },
      from: Date.UTC(2026, 11, 30),
      to: Date.UTC(2027, 0, 4),
      totals: { EUR: flipped ? '370.76' : '601.26' },
      tie: {
        opening: '12403.87',
        movements: flipped ? '-370.76' : '-601.26',
        closing: '12033.11',
        holds: flipped,
        firstBreakLine: flipped ? null : 15,
      },
    }),
    {
      choices,
      mends: flipped
        ? []
        : [
            {
              choices: { flipReversals: true },
              label: 'Flip sign of reversals',
              says: 'The reversal of 115.25 is booked as money out. As money in, the file ties: 12,403.87 − 370.76 = 12,033.11.',
            },
          ],
      text: textLines(MT940),
      rows: [
        row({
          line: 5,
          date: '2026-12-30',
          what: 'HALCYON MODELS INC',
          reference: 'HLCN2K7Q-0019',
          amount: '231.95',
          balance: '12171.92',
        }),
        row({ line: 9, date: '2026-12-31', what: 'AUSLANDSEINSATZENTGELT', amount: '4.06', balance: '12167.86' }),
        row({ line: 12, date: '2026-12-31', what: 'HAFENKONTOR GBR', amount: '250', balance: '11917.86' }),
        row({
          line: 15,
          date: '2027-01-04',
          what: 'PAPIERHAUS MUELLER U SOEHNE',
          reference: 'PH-4712',
          amount: flipped ? '-115.25' : '115.25',
          balance: flipped ? '12033.11' : '11802.61',
        }),
      ],
    },
  );
}

export function repeatedFile(id: number, file: string): FilePreview {
  const before = bankCsv(id, file);
  return {
    ...before,
    report: {
      ...before.report,
      repeatedFile: true,
      rows: { ...NO_ROWS, read: 6, duplicate: 6 },
      totals: {},
      repeated: { EUR: '46.13' },
    },
  };
}
