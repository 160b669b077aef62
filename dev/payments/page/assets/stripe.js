// The part of Stripe.js that the shop uses, in the shop's page. https://docs.stripe.com/js
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const spoken = '%WORDS%'; // by language; the server puts them here

  function languageOf(locale) {
    const [language] = String(!locale || locale === 'auto' ? navigator.language : locale).split('-');
    return Object.hasOwn(spoken, language) ? language : 'en';
  }

  function themeOf(appearance = {}) {
    return appearance.theme === 'night' ? 'dark' : 'light';
  }

  function frame(path, values, title) {
    const url = new URL(path, origin);
    for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
    const element = document.createElement('iframe');
    element.src = url.href;
    element.title = title;
    Object.assign(element.style, { border: '0', display: 'block', width: '100%', colorScheme: values.theme });
    return element;
  }

  /** A line into a frame of ours, opened when it has loaded; nobody else's frame gets it. */
  function connect(element, heard) {
    const answers = new Map();
    let calls = 0;
    let open;
    const port = new Promise((resolve) => {
      open = resolve;
    });
    element.addEventListener('load', () => {
      const channel = new MessageChannel();
      channel.port1.onmessage = ({ data }) => {
        if (data.name === 'answer') answers.get(data.call)?.(data.value);
        else heard(data.name, data.value);
      };
      element.contentWindow.postMessage('hello', origin, [channel.port2]);
      open(channel.port1);
    });
    return async (name, value) => {
      const line = await port;
      calls += 1;
      const call = calls;
      return new Promise((resolve) => {
        answers.set(call, resolve);
        line.postMessage({ call, name, value });
      });
    };
  }

  function paymentElement({ language, appearance }) {
    const listeners = new Map();
    let dress = appearance;
    let mounted;
    const tell = (name, value = {}) => {
      for (const listener of listeners.get(name) ?? []) listener({ elementType: 'payment', ...value });
    };
    const heard = (name, value) => {
      if (name === 'resize') mounted.element.style.height = `${value}px`;
      else tell(name, value);
    };
    const element = {
      mount(place) {
        const parent = typeof place === 'string' ? document.querySelector(place) : place;
        if (!parent) throw new Error(`IntegrationError: no element ${place} to mount into`);
        const theme = themeOf(dress);
        const inner = frame('/elements/card', { locale: language, theme }, spoken[language].title);
        inner.style.height = '190px';
        mounted = { element: inner, ask: connect(inner, heard) };
        parent.replaceChildren(inner);
        mounted.ask('dress', { theme, variables: dress?.variables });
      },
      on(name, listener) {
        listeners.set(name, [...(listeners.get(name) ?? []), listener]);
        return element;
      },
      off(name, listener) {
        listeners.set(name, (listeners.get(name) ?? []).filter((known) => listener && known !== listener));
        return element;
      },
      update() {},
      focus: () => mounted?.ask('focus'),
      clear: () => mounted?.ask('clear'),
      unmount() {
        mounted?.element.remove();
        mounted = undefined;
      },
      destroy: () => element.unmount(),
      dress(next) {
        dress = next;
        if (!mounted) return;
        const theme = themeOf(next);
        mounted.element.style.colorScheme = theme;
        mounted.ask('dress', { theme, variables: next?.variables });
      },
      ask: (name, value) =>
        mounted ? mounted.ask(name, value) : Promise.reject(new Error('IntegrationError: the Element is not mounted')),
    };
    return element;
  }

  /** Opens the bank's dialog over the page and waits until its customer has answered. */
  function challenge(clientSecret, language, theme) {
    const title = spoken[language].challengeTitle;
    const dialog = document.createElement('dialog');
    const path = `/challenge/${clientSecret.split('_secret_')[0]}`;
    const inner = frame(path, { client_secret: clientSecret, locale: language, theme }, title);
    inner.style.height = '280px';
    Object.assign(dialog.style, { width: 'min(420px, calc(100vw - 32px))', padding: '0', overflow: 'hidden' });
    Object.assign(dialog.style, { border: '1px solid #6b7382', borderRadius: '12px', colorScheme: theme });
    dialog.setAttribute('aria-label', title);
    dialog.append(inner);
    return new Promise((resolve) => {
      const ask = connect(inner, (name, value) => {
        if (name === 'resize') inner.style.height = `${value}px`;
        if (name !== 'finished') return;
        dialog.close();
        dialog.remove();
        resolve();
      });
      dialog.addEventListener('cancel', (event) => {
        event.preventDefault();
        ask('refuse');
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  window.Stripe = (publishableKey, { locale } = {}) => {
    if (!/^pk_/.test(publishableKey)) throw new Error('IntegrationError: Stripe() needs a publishable key');
    let [language, theme] = [languageOf(locale), 'light'];

    async function retrieve(clientSecret) {
      const intent = clientSecret.split('_secret_')[0];
      const kind = intent.startsWith('seti_') ? 'setup_intents' : 'payment_intents';
      const query = new URLSearchParams({ key: publishableKey, client_secret: clientSecret });
      return fetch(`${origin}/v1/${kind}/${intent}?${query}`).then(
        (response) => response.json(),
        (error) => ({ error: { type: 'api_connection_error', message: String(error) } }),
      );
    }

    /** `{ setupIntent }`, `{ paymentIntent }` or `{ error }`, as Stripe.js answers. */
    async function found(clientSecret) {
      const intent = await retrieve(clientSecret);
      if (intent.error) return { error: intent.error };
      return intent.object === 'setup_intent' ? { setupIntent: intent } : { paymentIntent: intent };
    }

    async function handleNextAction({ clientSecret }) {
      const before = await found(clientSecret);
      const { status, next_action } = before.setupIntent ?? before.paymentIntent ?? {};
      if (status !== 'requires_action' || !next_action) return before;
      await challenge(clientSecret, language, theme);
      const after = await found(clientSecret);
      const intent = after.setupIntent ?? after.paymentIntent;
      if (intent?.status !== 'requires_payment_method') return after;
      const error = intent.last_setup_error ?? intent.last_payment_error;
      const message = spoken[language][error.decline_code] ?? spoken[language][error.code] ?? error.message;
      return { error: { ...error, message, [intent.object]: intent } };
    }

    return {
      elements({ clientSecret, appearance, locale: own } = {}) {
        if (own) language = languageOf(own);
        theme = themeOf(appearance);
        let element;
        return {
          clientSecret,
          create(kind) {
            if (kind !== 'payment') throw new Error(`IntegrationError: there is no ${kind} Element here`);
            element = paymentElement({ language, appearance });
            return element;
          },
          getElement: (kind) => (kind === 'payment' ? (element ?? null) : null),
          update({ appearance: next }) {
            if (!next) return;
            theme = themeOf(next);
            element?.dress(next);
          },
          submit: () => element.ask('submit'),
          ask: (name, value) => element.ask(name, value),
        };
      },

      async confirmSetup({ elements, clientSecret = elements.clientSecret, confirmParams = {}, redirect = 'always' }) {
        const returnUrl = confirmParams.return_url;
        const { error } = await elements.ask('confirm', { key: publishableKey, clientSecret, returnUrl });
        if (error) return { error };
        const answer = await handleNextAction({ clientSecret });
        if (answer.error || redirect === 'if_required') return answer;
        const url = new URL(returnUrl);
        url.searchParams.set('setup_intent', answer.setupIntent.id);
        url.searchParams.set('setup_intent_client_secret', clientSecret);
        url.searchParams.set('redirect_status', answer.setupIntent.status);
        location.assign(url);
        return new Promise(() => {}); // the page is left
      },

      handleNextAction,
      retrieveSetupIntent: found,
      retrievePaymentIntent: found,
    };
  };
})();
