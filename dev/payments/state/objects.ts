import type { Row } from './store.js';

export type Metadata = Readonly<Record<string, string>>;

interface Made extends Row {
  readonly created: number;
  readonly livemode: false;
}

export interface Customer extends Made {
  readonly object: 'customer';
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly description: string | null;
  readonly metadata: Metadata;
  readonly invoice_settings: { readonly default_payment_method: string | null };
  readonly [fixed: string]: unknown;
}

export interface CardDetails {
  readonly brand: string;
  readonly last4: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly funding: string;
  readonly country: string;
  readonly fingerprint: string;
  readonly checks: Readonly<Record<string, string | null>>;
  readonly [fixed: string]: unknown;
}

export interface PaymentMethod extends Made {
  readonly object: 'payment_method';
  readonly type: 'card';
  readonly customer: string | null;
  readonly billing_details: BillingDetails;
  readonly card: CardDetails;
  readonly metadata: Metadata;
  readonly [fixed: string]: unknown;
}

export interface BillingDetails {
  readonly address: Readonly<Record<string, string | null>> | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly tax_id: null;
}

/** What the simulator knows of a card and never tells: which published test card it is, and what became of it. */
export interface VaultedCard extends Row {
  readonly number: string;
  /** Its customer answered the bank when it was saved, so that later charges may be made without them. */
  readonly authenticatedAtSaving: boolean;
  readonly detached: boolean;
}

export interface NextAction {
  readonly type: 'use_stripe_sdk' | 'redirect_to_url';
  readonly use_stripe_sdk?: Readonly<Record<string, string>>;
  readonly redirect_to_url?: { readonly url: string; readonly return_url: string | null };
}

interface Intent extends Made {
  readonly client_secret: string;
  readonly customer: string | null;
  readonly payment_method: string | null;
  readonly payment_method_types: readonly string[];
  readonly next_action: NextAction | null;
  readonly metadata: Metadata;
  readonly cancellation_reason: string | null;
  readonly [fixed: string]: unknown;
}

export interface SetupIntent extends Intent {
  readonly object: 'setup_intent';
  readonly status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'succeeded' | 'canceled';
  readonly usage: string;
  readonly last_setup_error: Readonly<Record<string, unknown>> | null;
}

export interface PaymentIntent extends Intent {
  readonly object: 'payment_intent';
  readonly status: SetupIntent['status'] | 'processing' | 'requires_capture';
  readonly amount: number;
  readonly amount_received: number;
  readonly amount_capturable: number;
  readonly currency: string;
  readonly capture_method: 'automatic' | 'automatic_async' | 'manual';
  readonly description: string | null;
  readonly latest_charge: string | null;
  readonly last_payment_error: Readonly<Record<string, unknown>> | null;
  readonly canceled_at: number | null;
}

export interface Charge extends Made {
  readonly object: 'charge';
  readonly status: 'succeeded' | 'failed';
  readonly amount: number;
  readonly amount_captured: number;
  readonly amount_refunded: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly payment_intent: string;
  readonly payment_method: string;
  readonly captured: boolean;
  readonly paid: boolean;
  readonly refunded: boolean;
  readonly failure_code: string | null;
  readonly balance_transaction: string | null;
  readonly disputed: boolean;
  readonly metadata: Metadata;
  readonly [fixed: string]: unknown;
}

export interface Refund extends Row {
  readonly object: 'refund';
  readonly created: number;
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly balance_transaction: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly charge: string;
  readonly payment_intent: string;
  readonly metadata: Metadata;
  readonly [fixed: string]: unknown;
}

export interface Event extends Made {
  readonly object: 'event';
  readonly type: string;
  readonly api_version: string;
  readonly data: { readonly object: unknown };
  readonly pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
}

export interface WebhookEndpoint extends Made {
  readonly object: 'webhook_endpoint';
  readonly url: string;
  readonly secret: string;
  readonly enabled_events: readonly string[];
  readonly status: 'enabled' | 'disabled';
  readonly metadata: Metadata;
  readonly [fixed: string]: unknown;
}
