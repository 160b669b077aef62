// A card is typed into the payment provider's own frame; its number never reaches us. What comes back is the id of a setup.
(() => {
  const locale = document.documentElement.lang;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /** A token may be `light-dark(…)`: the browser says what colour that is here. */
  function colour(name) {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  const appearance = () => ({
    theme: document.documentElement.dataset.bsTheme === 'dark' ? 'night' : 'stripe',
    variables: {
      colorPrimary: colour('--brand-solid'),
      colorBackground: colour('--qm-surface'),
      colorText: colour('--qm-ink'),
      colorTextSecondary: colour('--qm-ink-3'),
      colorDanger: colour('--qm-bad'),
      borderRadius: token('--qm-r') || '8px',
      fontFamily: getComputedStyle(document.body).fontFamily,
    },
  });

  function say(inside, message) {
    const place = inside.querySelector('[data-card-error]');
    place.hidden = !message;
    place.querySelector('p').textContent = message ?? '';
  }

  function busy(inside, working) {
    const button = inside.querySelector('button[type=submit]');
    button.toggleAttribute('disabled', working);
    if (working) button.setAttribute('aria-busy', 'true');
    else button.removeAttribute('aria-busy');
  }

  /** Sends the form past our own listeners, once. */
  const send = (inside) => HTMLFormElement.prototype.submit.call(inside);

  function takeCard(stripe, form) {
    const { clientSecret } = form.dataset;
    const elements = stripe.elements({ clientSecret, appearance: appearance(), locale });
    const card = elements.create('payment', { fields: { billingDetails: 'auto' } });
    card.on('ready', () => form.querySelector('[data-card-loading]')?.remove());
    card.mount(form.querySelector('[data-card-place]'));
    document.addEventListener('theme', () => elements.update({ appearance: appearance() }));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      busy(form, true);
      say(form);
      const confirmParams = { return_url: location.href };
      const { error, setupIntent } = await stripe.confirmSetup({ elements, confirmParams, redirect: 'if_required' });
      if (setupIntent?.status === 'succeeded') return send(form);
      busy(form, false);
      if (error?.type !== 'validation_error') say(form, error?.message ?? form.dataset.unfinished);
    });
  }

  /** The bank asks its customer; whatever they answer, the shop looks at what the bank says then. */
  function askCustomer(stripe, question) {
    let asking = false;
    const ask = async () => {
      if (asking) return;
      asking = true;
      busy(question, true);
      const { error } = await stripe.handleNextAction({ clientSecret: question.dataset.bankQuestion });
      if (error?.type === 'api_connection_error') {
        asking = false;
        busy(question, false);
        return say(question, error.message);
      }
      send(question);
    };
    question.addEventListener('submit', (event) => {
      event.preventDefault();
      ask();
    });
    ask();
  }

  /** The provider's script, once a page. */
  let loading;
  function provider(url) {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = url;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  }

  /** Also after a part of the page was renewed: the bank may ask while it follows the payment. */
  async function start() {
    const form = document.querySelector('form[data-card-entry], form[data-bank-question]');
    if (!form || form.dataset.started) return;
    form.dataset.started = 'yes';
    try {
      await provider(form.dataset.scriptUrl);
      const stripe = window.Stripe(form.dataset.publishableKey, { locale });
      if ('cardEntry' in form.dataset) takeCard(stripe, form);
      else askCustomer(stripe, form);
    } catch {
      say(form, form.dataset.unreachable);
    }
  }

  start();
  document.addEventListener('htmx:afterSwap', start);
})();
