/** Stripe's PDFs in other languages and number styles, and in one of which no word is known. */
import { describe, expect, it } from 'vitest';
import { minor } from './helpers.ts';
import { INVOICE, RECEIPT, SELLER, fileOf, read, shown, told, type Story } from './stripePdfStories.ts';

describe('languages and number styles', () => {
  const german: Story = {
    title: 'Rechnung',
    fields: [
      ['Rechnungsnummer', 'BRW7Q2KX-0031'],
      ['Ausstellungsdatum', '23. Oktober 2026'],
      ['Fälligkeitsdatum', '6. November 2026'],
    ],
    billTo: 'Rechnung an',
    headline: '1.088,75 € fällig am 6. November 2026',
    columns: ['Beschreibung', 'Anz.', 'Preis pro Einheit', 'Betrag'],
    items: [['API-Guthaben', '1.000', '1,00 €', '1.000,00 €']],
    totals: [
      ['Zwischensumme', '1.000,00 €'],
      ['Gesamtbetrag ohne Steuern', '1.000,00 €'],
      ['Umsatzsteuer - Berlin (8,875 % auf 1.000,00 €)', '88,75 €'],
      ['Gesamtbetrag', '1.088,75 €'],
      ['Fälliger Betrag', '1.088,75 €'],
    ],
  };
  const french: Story = {
    ...german,
    title: 'Facture',
    fields: [
      ['Numéro de facture', 'BRW7Q2KX-0031'],
      ["Date d'émission", '23 octobre 2026'],
      ["Date d'échéance", '6 novembre 2026'],
    ],
    billTo: 'Facturé à',
    headline: '1 088,75 € dû le 6 novembre 2026',
    items: [['Crédits API', '1 000', '1,00 €', '1 000,00 €']],
    totals: [
      ['Sous-total', '1 000,00 €'],
      ['Total hors taxes', '1 000,00 €'],
      ['TVA - France (8,875 % sur 1 000,00 €)', '88,75 €'],
      ['Total', '1 088,75 €'],
      ['Montant dû', '1 088,75 €'],
    ],
  };
  const spanish: Story = {
    ...german,
    title: 'Factura',
    fields: [
      ['Número de factura', 'BRW7Q2KX-0031'],
      ['Fecha de emisión', '23 de octubre de 2026'],
      ['Fecha de vencimiento', '6 de noviembre de 2026'],
    ],
    billTo: 'Facturar a',
    headline: '1088,75 € con vencimiento el 6 de noviembre de 2026',
    items: [['Créditos de API', '1000', '1,00 €', '1000,00 €']],
    totals: [
      ['Subtotal', '1000,00 €'],
      ['Total sin impuestos', '1000,00 €'],
      ['IVA (8,875 % de 1000,00 €)', '88,75 €'],
      ['Total', '1088,75 €'],
      ['Importe adeudado', '1088,75 €'],
    ],
  };
  const italian: Story = {
    ...german,
    title: 'Fattura',
    fields: [
      ['Numero fattura', 'BRW7Q2KX-0031'],
      ['Data di emissione', '23 ottobre 2026'],
      ['Data di scadenza', '6 novembre 2026'],
    ],
    billTo: 'Fatturare a',
    headline: '1.088,75 € in scadenza il 6 novembre 2026',
    totals: [
      ['Subtotale', '1.000,00 €'],
      ['Totale imposte escluse', '1.000,00 €'],
      ['IVA - Italia (8,875% su 1.000,00 €)', '88,75 €'],
      ['Totale', '1.088,75 €'],
      ['Importo dovuto', '1.088,75 €'],
    ],
  };
  const dutch: Story = {
    ...german,
    title: 'Factuur',
    fields: [
      ['Factuurnummer', 'BRW7Q2KX-0031'],
      ['Datum van uitgifte', '23 oktober 2026'],
      ['Vervaldatum', '6 november 2026'],
    ],
    billTo: 'Factuur aan',
    headline: '€ 1.088,75 verschuldigd op 6 november 2026',
    items: [['API-tegoed', '1.000', '€ 1,00', '€ 1.000,00']],
    totals: [
      ['Subtotaal', '€ 1.000,00'],
      ['Totaal exclusief btw', '€ 1.000,00'],
      ['Btw - Nederland (8,875% over € 1.000,00)', '€ 88,75'],
      ['Totaal', '€ 1.088,75'],
      ['Verschuldigd bedrag', '€ 1.088,75'],
    ],
  };
  // no word of it is known: places, patterns and sums alone
  const unknown: Story = {
    ...german,
    title: 'Lasku',
    fields: [
      ['Laskun numero', 'BRW7Q2KX-0031'],
      ['Laskupaiva', '23.10.2026'],
      ['Erapaiva', '6.11.2026'],
    ],
    billTo: 'Laskutusosoite',
    headline: '1 088,75 € maksettava viimeistaan 6.11.2026',
    items: [['API-saldo', '1 000', '1,00 €', '1 000,00 €']],
    totals: [
      ['Valisumma', '1 000,00 €'],
      ['Veroton', '1 000,00 €'],
      ['ALV', '88,75 €'],
      ['Yhteensa', '1 088,75 €'],
      ['Maksettavaa', '1 088,75 €'],
    ],
  };

  it.each([
    ['German', german],
    ['French', french],
    ['Spanish', spanish],
    ['Italian', italian],
    ['Dutch', dutch],
    ['a language that is not known', unknown],
  ])('%s', async (_name, story) => {
    const reading = await read(fileOf(story));
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map(shown)).toEqual([
      {
        ...SELLER,
        ...{ kind: 'invoice', reference: 'BRW7Q2KX-0031', date: '2026-10-23', currency: 'EUR', id: null },
        amount: 108875,
      },
    ]);
    expect(reading.lines[0]!.invoice).toMatchObject({ subtotal: 10n ** 15n, tax: 88_750_000_000_000n });
  });

  it.each([
    ['Quittung', 'Erstattet am 2. März 2026', 'Gezahlter Betrag', '8. Februar 2026', 'bezahlt am'],
    ['Reçu', 'Remboursé le 2 mars 2026', 'Montant payé', '8 février 2026', 'payés le'],
    ['Recibo', 'Reembolsado el 2 de marzo de 2026', 'Importe pagado', '8 de febrero de 2026', 'pagados el'],
    ['Ricevuta', 'Rimborsato il 2 marzo 2026', 'Importo pagato', '8 febbraio 2026', 'pagati il'],
    ['Kwitantie', 'Terugbetaald op 2 maart 2026', 'Betaald bedrag', '8 februari 2026', 'betaald op'],
  ])('%s with a refund whose minus is lost', async (title, refund, paid, date, words) => {
    const story: Story = {
      ...RECEIPT,
      ...{ title, headline: `200,00 € ${words} ${date}` },
      fields: [
        ['#', 'BRW7Q2KX-0032'],
        ['##', '2184-9315'],
        ['###', date],
      ],
      items: [['API', '200', '1,00 €', '200,00 €']],
      totals: [
        ['Subtotal', '200,00 €'],
        ['Total', '200,00 €'],
        [paid, '200,00 €'],
        [refund, '-25,00 €'],
      ],
    };
    const reading = await read(fileOf(story, { hyphen: 'nul' }));
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map(({ kind, date: day, amount }) => [kind, day, minor(amount, 'EUR')])).toEqual([
      ['receipt', '2026-02-08', 20000],
      ['refund', '2026-03-02', -2500],
    ]);
  });

  it('whole-unit currencies and currency codes', async () => {
    const yen = await read(
      fileOf({
        ...INVOICE,
        headline: '¥10,880 due November 17, 2026',
        items: [['Credits', '1', '¥10,000', '¥10,000']],
        totals: [
          ['Subtotal', '¥10,000'],
          ['JCT (8.8%)', '¥880'],
          ['Amount due', '¥10,880'],
        ],
      }),
    );
    expect(yen.lines.map(shown)).toMatchObject([{ amount: 10880, currency: 'JPY' }]);
    const story = { ...INVOICE, totals: [...INVOICE.totals.slice(0, 5), ['Amount due', '$1,588.75 CAD'] as const] };
    const canada = { ...story, headline: '$1,588.75 CAD due November 17, 2026', foot: '' };
    expect((await read(fileOf(canada))).lines.map(shown)).toMatchObject([{ currency: 'CAD' }]);
    expect(told(await read(fileOf({ ...story, foot: '' })))).toEqual([
      expect.stringContaining('amounts are in several currencies: $, CAD, USD'),
    ]);
  });

  it('a bare dollar sign is what the user says, and the US dollar otherwise', async () => {
    expect((await read(fileOf(RECEIPT))).why).toContain('which was read as USD');
    expect((await read(fileOf(RECEIPT), { currency: 'AUD' })).lines.map(({ currency }) => currency)).toEqual([
      'AUD',
      'AUD',
      'AUD',
    ]);
  });

  it('a date in digits that could be two is asked about', async () => {
    const story = {
      ...RECEIPT,
      fields: [...RECEIPT.fields.slice(0, 2), ['Date paid', '2/8/2026'] as const],
      headline: '$166.20 paid on 2/8/2026',
    };
    const reading = await read(fileOf(story));
    expect(reading.lines).toEqual([]);
    expect(reading.questions).toMatchObject([{ choice: 'dateOrder', example: '2/8/2026' }]);
    expect((await read(fileOf(story), { dateOrder: 'dmy' })).lines[0]?.date).toBe('2026-08-02');
    expect((await read(fileOf(story), { dateOrder: 'mdy' })).lines[0]?.date).toBe('2026-02-08');
  });
});
