import { defineSearchAttributeKey } from '@temporalio/common';

/** Under which staff finds a workflow; the numbers are those that people read. A cluster must know a key before its use. */
export const CustomerNumber = defineSearchAttributeKey('CustomerNumber', 'KEYWORD');
export const OrderNumber = defineSearchAttributeKey('OrderNumber', 'KEYWORD');
export const InvoiceNumber = defineSearchAttributeKey('InvoiceNumber', 'KEYWORD');
export const ServiceName = defineSearchAttributeKey('ServiceName', 'KEYWORD');
/** How far the process has come, in its own words. */
export const Stage = defineSearchAttributeKey('Stage', 'KEYWORD');
/** At which emergency stop it waits just now; nothing where it goes on. */
export const HeldBy = defineSearchAttributeKey('HeldBy', 'KEYWORD');

export const searchAttributes = [CustomerNumber, OrderNumber, InvoiceNumber, ServiceName, Stage, HeldBy] as const;
