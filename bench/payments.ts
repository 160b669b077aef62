import { parseArgs } from 'node:util';
import { bookFull } from '../dev/payments/crowd.js';
import { stripeClient } from '../gateways/payments/stripe-client.js';
import { type RunningSimulator, startPaymentSimulator } from '../tests/support/payment-simulator.js';
import { type Measurement, median, rounded } from './measurement.js';

const FEW = 1_000;

/** What a shop asks of its card provider for one payment, and to find it again. */
const calls = (stripe: ReturnType<typeof stripeClient>, customer: string) => [
  () => stripe.customers.retrieve(customer),
  () => stripe.customers.listPaymentMethods(customer),
  () =>
    stripe.paymentIntents.create({
      ...{ amount: 500, currency: 'eur', customer, payment_method: 'pm_card_visa' },
      ...{ confirm: true, off_session: true },
    }),
  () => stripe.paymentIntents.list({ customer, limit: 10 }),
  () => stripe.charges.list({ limit: 10 }),
];

/** Whether the card simulator slows down as it fills: the same calls among a thousand customers and among many. */
export async function measure(args: readonly string[]): Promise<Measurement> {
  const options = {
    customers: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '15' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const [many, rounds] = [Number(values.customers), Number(values.rounds)];
  const [small, large] = [await filled(FEW), await filled(many)];
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    rates[0].push(await rateOf(small, FEW, round));
    rates[1].push(await rateOf(large, many, round));
  }
  await Promise.all([small.stop(), large.stop()]);
  const [few, crowd] = rates.map(median) as [number, number];
  return {
    name: 'payments',
    question: `calls a second of the card simulator among ${many} customers, against the same calls among ${FEW}`,
    ratio: crowd / few,
    target: 0.7,
    table: [
      ['customers', 'calls a second'],
      [FEW, rounded(few, 0)],
      [many, rounded(crowd, 0)],
    ],
    figures: { customers: many, rounds, callsPerSecond: rounded(crowd, 0) },
  };
}

async function filled(customers: number): Promise<RunningSimulator> {
  const simulator = await startPaymentSimulator();
  bookFull(simulator.control.account, customers);
  return simulator;
}

/** Of a few customers one after the other, others in each round. */
async function rateOf({ origin }: RunningSimulator, customers: number, round: number): Promise<number> {
  const stripe = stripeClient({ secretKey: 'sk_test_1', apiUrl: origin });
  let made = 0;
  const began = performance.now();
  for (let count = 0; count < 20; count++) {
    const customer = `cus_${(round * 7_919 + count * 104_729) % customers}`;
    for (const call of calls(stripe, customer)) {
      await call();
      made++;
    }
  }
  return (made * 1_000) / (performance.now() - began);
}
