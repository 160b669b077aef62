/** SQL of what is settled of an issued invoice, in minor units: payments less refunds, and credit notes. */
export function settledOf(invoiceId: string): string {
  return `(coalesce((SELECT sum(amount_minor) FROM payments WHERE invoice_id = ${invoiceId}), 0)
    - coalesce((SELECT sum(r.amount_minor) FROM refunds r JOIN payments p ON p.id = r.payment_id
                WHERE p.invoice_id = ${invoiceId} AND r.status NOT IN ('failed', 'returned')), 0)
    + coalesce((SELECT sum(total_minor) FROM credit_notes WHERE invoice_id = ${invoiceId}), 0))`;
}
