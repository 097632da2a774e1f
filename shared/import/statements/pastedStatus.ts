/** What a billing page's words say became of a payment, in the languages that such pages come in. */

/** `ended`: no payment is expected, whatever the amount. `refund`: the row itself is money that comes back. */
export type StatusMeaning = 'paid' | 'open' | 'ended' | 'refunded' | 'refund';

const WORDS: Readonly<Record<StatusMeaning, string>> = {
  paid:
    'paid, succeeded, successful, complete, completed, credited, bezahlt, payé, payée, pagado, pagada, pago, paga, ' +
    'pagato, pagata, betaald',
  open:
    'unpaid, open, due, past due, overdue, pending, processing, in progress, scheduled, retrying, offen, ausstehend, ' +
    'en attente, pendiente, in attesa, openstaand',
  ended:
    'void, voided, failed, payment failed, declined, draft, canceled, cancelled, expired, uncollectible, ' +
    'fehlgeschlagen, storniert, ungültig, échoué, échouée, annulé, annulée, fallido, fallida, anulado, anulada, ' +
    'annullato, annullata, mislukt',
  refunded: 'refunded, partially refunded, fully refunded, erstattet, remboursé, remboursée, reembolsado, rimborsato',
  refund: 'refund, erstattung, rückerstattung, remboursement, reembolso, rimborso, terugbetaling',
};

const MEANINGS: ReadonlyMap<string, StatusMeaning> = new Map(
  Object.entries(WORDS).flatMap(([meaning, words]) =>
    words.split(', ').map((word) => [word, meaning as StatusMeaning] as const),
  ),
);

/** Null where the text is no status. */
export function statusMeaning(text: string): StatusMeaning | null {
  return MEANINGS.get(text.toLowerCase().normalize('NFC')) ?? null;
}
