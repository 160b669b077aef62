import type { RouteDeclaration } from '../../api/routing.js';
import { drawnOrder } from '../support/catalogue.js';
import { password } from '../support/signed-in.js';
import type { Fields } from '../support/visitor.js';
import { nameOf } from './addresses.js';
import type { Holding } from './holding.js';

const none = () => ({});
const reset = ({ user }: Holding) => ({ name: user.email });
const proof = () => ({ current: password, code: '000000' });
const newPassword = () => ({ current: password, password, again: password });
const signIn = ({ user }: Holding) => ({ name: user.email, password: 'none of theirs' });
const somebody = { name: 'Somebody', loginName: '', language: 'en', timeZone: 'Europe/Paris' };
const bmc = {
  ...{ driver: 'ipmi', bmcAddress: '192.0.2.9:623', bmcUser: 'admin' },
  ...{ bmcPassword: 'Secret-word-9', cipherSuite: '17' },
};
const power = () => ({ command: 'cycle', reason: 'asked at the gate' });

/** What each form of the product sends, filled in as people do. A new one is written down here, or the gate fails. */
const forms: Readonly<Record<string, (holding: Holding) => Fields>> = {
  'POST /sign-in': signIn,
  'POST /sign-in/code': () => ({ code: '000000' }),
  'POST /second-factor': () => ({ code: '000000' }),
  'POST /account/second-factor': none,
  'POST /account/password': newPassword,
  'POST /account/second-factor/removal': proof,
  'POST /account/recovery-codes': proof,
  'POST /account/rules': () => ({ passwordLevel: 'medium' }),
  'POST /password-reset': reset,
  'POST /sign-out': none,
  'POST /sign-out-everywhere': none,
  'POST /staff/sign-in': signIn,
  'POST /staff/sign-in/code': () => ({ code: '000000' }),
  'POST /staff/second-factor': () => ({ code: '000000' }),
  'POST /staff/account/second-factor': none,
  'POST /staff/account/password': newPassword,
  'POST /staff/account/second-factor/removal': proof,
  'POST /staff/account/recovery-codes': proof,
  'POST /staff/password-reset': reset,
  'POST /staff/sign-out': none,
  'POST /staff/sign-out-everywhere': none,
  'POST /language': () => ({ language: 'en', back: '/servers' }),
  'POST /staff/language': () => ({ language: 'en', back: '/staff' }),
  'POST /customer': ({ customer }) => ({ customer: customer.id }),
  'POST /orders': ({ drawn }) => drawnOrder(drawn),
  'DELETE /orders/:number': none,
  'POST /invoices/:number/payment': ({ card }) => ({ card }),
  'POST /invoices/:number/payment/resumption': none,
  'POST /invoices/:number/credit': none,
  'POST /cards': ({ mark }) => ({ setup: `seti_${mark.replaceAll('-', '')}` }),
  'POST /cards/:id/default': none,
  'DELETE /cards/:id': none,
  'POST /servers/:slug/name': () => ({ name: 'renamed at the gate' }),
  'POST /servers/:slug/power-commands': power,
  'DELETE /servers/:slug/power-commands/:id': none,
  'POST /servers/:slug/login-data': none,
  'POST /services/:slug/cancellation': () => ({ wish: 'term_end', reason: 'asked at the gate' }),
  'DELETE /services/:slug/cancellation': none,
  'POST /staff/tasks/:id/answer': () => ({ answer: 'retry', note: 'asked at the gate' }),
  'POST /staff/tasks/:id/settlement': () => ({ note: 'asked at the gate' }),
  'POST /staff/tasks/:id/resumption': () => ({ note: 'asked at the gate' }),
  'POST /staff/tasks/:id/assignment': () => ({ from: '', to: '' }),
  'POST /staff/tasks/:id/notes': () => ({ text: 'asked at the gate' }),
  'POST /staff/tasks/:id/due': () => ({ hours: '1', note: '' }),
  'POST /staff/servers': ({ stock }) => ({
    ...{ product: stock.product, rack: stock.rack, unit: '1', height: '1', port: stock.port },
    ...{ label: 'S-GATE', serial: 'GATE', mac: '02:00:00:0a:00:01', ...bmc },
  }),
  'POST /staff/servers/:label': ({ server, stock }) => ({
    ...{ product: server.product.slug, rack: stock.rack, unit: '9', height: '2', port: server.switchPortId },
    ...{ serial: server.serial, mac: server.mac, ...bmc, bmcAddress: '192.0.2.10:623' },
  }),
  'POST /staff/servers/:label/status': () => ({ from: 'ready', to: 'testing', reason: 'asked at the gate' }),
  'POST /staff/servers/:label/power-commands': power,
  'DELETE /staff/servers/:label/power-commands/:id': none,
  'POST /staff/prefixes': ({ stock }) => ({
    ...{ site: stock.site, block: '203.0.113.0/25', purpose: 'routed', vlan: '', gateway: '' },
    ...{ reserved: '', justification: 'asked at the gate' },
  }),
  'POST /staff/prefixes/:block/reservations': () => ({ block: '198.19.200.0/28', justification: 'asked at the gate' }),
  'DELETE /staff/prefixes/:block/reservations/:id': none,
  'POST /staff/switches': ({ stock }) => ({
    ...{ name: 'sw-gate', site: stock.site, host: '192.0.2.8', port: '161', version: '2c', community: 'public' },
    ...{ beginning: 'swp', count: '2', firstIndex: '1', speed: '10000' },
  }),
  'POST /staff/switches/:name': () => ({ host: '192.0.2.9', port: '161', version: '2c', community: 'public' }),
  'POST /staff/customers/:number/users': ({ mark }) => ({ ...somebody, email: `${mark}-new@example.org` }),
  'POST /staff/book-checks': none,
  'POST /staff/refunds/:id/transfer': () => ({ sentOn: '2027-03-10', reference: 'RF18 5390' }),
  'POST /staff/payments/:number/attempts': none,
  'POST /staff/payments/:number/credit': none,
  'POST /staff/payments/:number/transfers': () => ({ amount: '1', receivedOn: '2027-03-10', reference: 'RF18 5390' }),
  'POST /staff/payments/:number/schedule': () => ({ kind: 'hold', until: '2027-03-20' }),
  'DELETE /staff/payments/:number/schedule': none,
  'POST /staff/payments/:number/grants': () => ({
    days: '7',
    reason: 'asked at the gate',
    from: '2027-03-12T09:00:00.000Z',
  }),
  'POST /staff/payments/:number/card-requests': none,
  'POST /staff/retry-schedule': () => ({ days: '1, 3, 5', rest: '1', running: 'keep', from: '' }),
  'POST /staff/payments/:number/write-off': () => ({ reason: 'asked at the gate', confirmed: 'on' }),
  'POST /staff/stops': () => ({ kind: 'mails', reason: 'asked at the gate' }),
  'POST /staff/stops/:id/release': none,
  'POST /staff/payment-batches': ({ invoice }) => ({
    batch: 'b7f9c2ba-e88f-4f7e-b8d4-1f1f52c6a001',
    act: 'retry',
    numbers: invoice,
  }),
  'POST /staff/users/:id/welcome': none,
  'POST /staff/users/:id/password-reset': none,
  'POST /staff/users/:id/second-factor-reset': none,
  'POST /staff/members/:id/welcome': none,
  'POST /staff/members/:id/password-reset': none,
  'POST /staff/members/:id/second-factor-reset': none,
};

/** The form of a route, as a page of that customer would send it. Throws on one that nobody wrote down. */
export function formOf(route: RouteDeclaration, holding: Holding): Record<string, string> {
  const form = forms[nameOf(route)];
  if (!form) throw new Error(`write down in tests/gate/forms.ts what ${nameOf(route)} is sent`);
  return { ...form(holding), ...(route.method === 'delete' && { _method: 'delete' }) };
}
