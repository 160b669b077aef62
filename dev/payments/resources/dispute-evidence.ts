import { z } from 'zod';
import { text } from '../api/parameters.js';

/** What a shop may say for itself; files are ids. https://docs.stripe.com/api/disputes/evidence_object */
const fields = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
] as const;

export const evidenceGiven = z.strictObject(
  Object.fromEntries(fields.map((field) => [field, text.optional()])) as Record<
    (typeof fields)[number],
    z.ZodOptional<z.ZodString>
  >,
);

export const noEvidence = {
  ...Object.fromEntries(fields.map((field) => [field, null])),
  enhanced_evidence: {},
};
