import type { ServerGroup, ServerStatus } from '../../rules/servers/server-status.js';
import type { Texts } from '../catalogue/product-category.js';

/** A machine as the list of all of them shows it. */
export interface ServerRow {
  readonly label: string;
  readonly serial: string;
  readonly mac: string;
  readonly status: ServerStatus;
  readonly statusReason: string | null;
  readonly statusSince: Date;
  readonly unit: number;
  readonly product: string;
  readonly built: readonly Texts[];
  readonly rack: string;
  readonly site: string;
  readonly city: string;
  readonly switch: string;
  readonly port: string;
  readonly driver: string | null;
  readonly bmc: string | null;
  /** Who holds it just now, for half an hour or without end. */
  readonly holder: { readonly service: string; readonly customer: string; readonly number: string } | null;
}

export type ServerCounts = Readonly<Record<ServerGroup | 'all', number>>;
