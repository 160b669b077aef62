// Inside the card frame: the only place where a card number is ever typed.
import { brandOf, cvcFault, expiryFault, grouped, numberFault } from './card-numbers.js';

const root = document.documentElement;
const words = JSON.parse(root.dataset.words);
const field = (id) => document.getElementById(id);
const [number, expiry, cvc] = ['number', 'expiry', 'cvc'].map(field);
const digits = (input) => input.value.replace(/\D/g, '');
const touched = new Set();
let port;

/** What is wrong with each field as it stands; nothing where it is right. */
const faults = {
  number: () => numberFault(digits(number)),
  expiry() {
    const typed = digits(expiry);
    if (typed.length < 4) return 'incomplete_expiry';
    return expiryFault(Number(typed.slice(0, 2)), 2000 + Number(typed.slice(2)), new Date());
  },
  cvc: () => cvcFault(digits(cvc), digits(number)),
};

function show(id, message = '') {
  field(`${id}-error`).textContent = message;
  if (message) field(id).setAttribute('aria-invalid', 'true');
  else field(id).removeAttribute('aria-invalid');
  tellHeight();
}

function showFault(id) {
  const fault = faults[id]();
  show(id, fault && words[fault]);
}

function tellHeight() {
  port?.postMessage({ name: 'resize', value: Math.ceil(document.body.getBoundingClientRect().height) });
}

function tellChange() {
  const complete = Object.values(faults).every((fault) => !fault());
  const empty = [number, expiry, cvc].every(({ value }) => value === '');
  port?.postMessage({ name: 'change', value: { complete, empty, collapsed: false, elementType: 'payment', value: { type: 'card' } } });
}

/** Groups digits while they are typed, and leaves the caret behind the digit where it was. */
function reshape(input, shape) {
  const before = input.value.slice(0, input.selectionStart).replace(/\D/g, '').length;
  input.value = shape(digits(input));
  let caret = 0;
  for (let seen = 0; caret < input.value.length && seen < before; caret += 1) if (/\d/.test(input.value[caret])) seen += 1;
  if (input.value.length > caret && before === digits(input).length) caret = input.value.length;
  input.setSelectionRange(caret, caret);
}

function expiryShape(typed) {
  const text = /^[2-9]/.test(typed) ? `0${typed}` : typed;
  return text.length > 2 ? `${text.slice(0, 2)} / ${text.slice(2, 4)}` : text;
}

const shapes = {
  number: (typed) => grouped(typed.slice(0, Math.max(...brandOf(typed).lengths))),
  expiry: expiryShape,
  cvc: (typed) => typed.slice(0, 4),
};

for (const [id, shape] of Object.entries(shapes)) {
  field(id).addEventListener('input', () => {
    reshape(field(id), shape);
    if (touched.has(id)) showFault(id);
    tellChange();
  });
  field(id).addEventListener('blur', () => {
    if (field(id).value === '') return;
    touched.add(id);
    showFault(id);
  });
}
field('card').addEventListener('submit', (event) => event.preventDefault());

/** Shows all that is wrong and goes to the first of it. */
function submit() {
  const wrong = Object.keys(faults).filter((id) => faults[id]());
  for (const id of Object.keys(faults)) {
    touched.add(id);
    showFault(id);
  }
  if (wrong.length === 0) return { selectedPaymentMethod: 'card' };
  field(wrong[0]).focus();
  const code = faults[wrong[0]]();
  return { error: { type: 'validation_error', code, message: words[code] } };
}

const blamed = { number: 'number', exp_month: 'expiry', exp_year: 'expiry', cvc: 'cvc' };

async function confirm({ key, clientSecret, returnUrl }) {
  const { error } = submit();
  if (error) return { error };
  const [month, year] = [digits(expiry).slice(0, 2), `20${digits(expiry).slice(2)}`];
  const body = new URLSearchParams({
    key,
    client_secret: clientSecret,
    use_stripe_sdk: 'true',
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': digits(number),
    'payment_method_data[card][exp_month]': String(Number(month)),
    'payment_method_data[card][exp_year]': year,
    'payment_method_data[card][cvc]': digits(cvc),
    ...(returnUrl ? { return_url: returnUrl } : {}),
  });
  const intent = clientSecret.split('_secret_')[0];
  const answer = await fetch(`/v1/setup_intents/${intent}/confirm`, { method: 'POST', body }).then(
    (response) => response.json(),
    () => ({ error: { type: 'api_connection_error' } }),
  );
  if (!answer.error) return { intent: answer };
  const said = answer.error;
  const message = words[said.decline_code] ?? words[said.code] ?? words[said.type] ?? said.message;
  if (blamed[said.param]) show(blamed[said.param], message);
  return { error: { ...said, message } };
}

const variables = {
  colorPrimary: '--accent',
  colorBackground: '--surface',
  colorText: '--ink',
  colorTextSecondary: '--quiet',
  colorDanger: '--danger',
  borderRadius: '--radius',
  fontFamily: '--font',
};

function dress({ theme, variables: given = {} }) {
  root.dataset.theme = theme;
  for (const [name, property] of Object.entries(variables)) {
    if (given[name]) root.style.setProperty(property, given[name]);
  }
  tellHeight();
}

function clear() {
  touched.clear();
  for (const id of Object.keys(faults)) {
    field(id).value = '';
    show(id);
  }
  tellChange();
}

const orders = { submit, confirm, dress, clear, focus: () => number.focus() };

window.addEventListener('message', ({ source, ports }) => {
  if (source !== window.parent || !ports[0]) return;
  [port] = ports;
  port.onmessage = async ({ data: { call, name, value } }) => {
    port.postMessage({ name: 'answer', call, value: (await orders[name]?.(value)) ?? {} });
  };
  port.postMessage({ name: 'ready' });
  tellHeight();
});
for (const name of ['focus', 'blur']) window.addEventListener(name, () => port?.postMessage({ name }));
new ResizeObserver(tellHeight).observe(document.body);
