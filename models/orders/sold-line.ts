import { type Configuration, quoteOf } from '../catalogue/configuration.js';
import type { Placement } from './order-placement.js';

/** What the customer says of the server beside what it is made of. */
export interface ServerWishes {
  readonly hostName: string;
  readonly sshKey: string | null;
  readonly justification: string | null;
  readonly contact: string;
}

const WITHOUT_SYSTEM = 'none';
const ONE_ADDRESS = 32;

/** A configuration as it is sold: names and prices of this moment, which no later change of the catalogue touches. */
export function soldLine(configuration: Configuration, wishes: ServerWishes): Placement['line'] {
  const { offer, months, price, chosen } = configuration;
  const { recurring, setup } = quoteOf(configuration, { rateBp: 0 });
  const system = chosen.find(({ option }) => option.key === 'system')?.choice.key ?? WITHOUT_SYSTEM;
  const block = chosen.find(({ choice }) => choice.ipv4PrefixLength !== null)?.choice.ipv4PrefixLength ?? ONE_ADDRESS;
  return {
    productId: offer.product.id,
    productName: offer.product.name,
    choices: chosen.map(({ option, choice, price: its }) => ({
      option: option.key,
      choice: choice.key,
      choiceId: choice.id,
      isPhysical: option.isPhysical,
      name: choice.name,
      recurringMinor: its.recurringMinor,
      setupMinor: its.setupMinor,
    })),
    periodMonths: months,
    productRecurringMinor: price.recurringMinor,
    recurringMinor: recurring.amountMinor,
    setupMinor: setup.amountMinor,
    hostName: wishes.hostName,
    system,
    ipv4PrefixLength: block,
    justification: wishes.justification,
    sshKey: wishes.sshKey,
    implementationContact: wishes.contact,
  };
}
