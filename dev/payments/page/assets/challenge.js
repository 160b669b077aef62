// Inside the bank's dialog: one question, two answers.
const words = JSON.parse(document.documentElement.dataset.words);
const challenge = document.querySelector('section');
const buttons = [...document.querySelectorAll('button')];
const clientSecret = new URL(location.href).searchParams.get('client_secret');
let port;

async function answer(choice) {
  for (const button of buttons) button.setAttribute('aria-busy', 'true');
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ client_secret: clientSecret, answer: choice });
  const sent = fetch(`/challenge/${challenge.dataset.intent}`, { method: 'POST', headers, body });
  const ok = await sent.then((response) => response.ok, () => false);
  for (const button of buttons) button.removeAttribute('aria-busy');
  if (!ok) document.getElementById('fault').textContent = words.api_connection_error;
  else if (port) port.postMessage({ name: 'finished' });
  else if (challenge.dataset.back) leave(challenge.dataset.back, choice);
}

/** As Stripe sends people back. https://docs.stripe.com/payments/3d-secure/authentication-flow */
function leave(back, choice) {
  const url = new URL(back);
  const kind = challenge.dataset.intent.startsWith('seti_') ? 'setup_intent' : 'payment_intent';
  url.searchParams.set(kind, challenge.dataset.intent);
  url.searchParams.set(`${kind}_client_secret`, clientSecret);
  url.searchParams.set('redirect_status', choice === 'confirm' ? 'succeeded' : 'failed');
  location.assign(url);
}

for (const button of buttons) button.addEventListener('click', () => answer(button.dataset.answer));
window.addEventListener('keydown', ({ key }) => key === 'Escape' && buttons.length > 0 && answer('refuse'));

window.addEventListener('message', ({ source, ports }) => {
  if (source !== window.parent || !ports[0]) return;
  [port] = ports;
  port.onmessage = ({ data }) => data.name === 'refuse' && answer('refuse');
  port.postMessage({ name: 'resize', value: Math.ceil(challenge.getBoundingClientRect().height) });
  if (buttons.length === 0) port.postMessage({ name: 'finished' });
  else buttons[0].focus();
});
