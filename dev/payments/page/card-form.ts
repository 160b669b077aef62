import { Router } from 'express';
import { escaped, sendFrame } from './document.js';
import { wordsIn } from './words.js';

interface Field {
  readonly id: string;
  readonly label: string;
  readonly autocomplete: string;
  readonly placeholder: string;
  readonly length: number;
}

/** The card's fields, for the frame that the page script puts into the shop's page. */
export function cardForm(): Router {
  const routes = Router();
  routes.get('/', ({ query }, response) => {
    const { language, words } = wordsIn(query.locale);
    const body = `<form id="card" aria-label="${escaped(words.title)}" novalidate>
${field({ id: 'number', label: words.number, autocomplete: 'cc-number', placeholder: '1234 1234 1234 1234', length: 23 })}
<div class="pair">
${field({ id: 'expiry', label: words.expiry, autocomplete: 'cc-exp', placeholder: words.expiryShape, length: 7 })}
${field({ id: 'cvc', label: words.cvc, autocomplete: 'cc-csc', placeholder: 'CVC', length: 4 })}
</div>
<p class="hint">${escaped(words.hint)}</p>
</form>`;
    sendFrame(response, { language, theme: query.theme, words, title: words.title, script: 'card-form.js', body });
  });
  return routes;
}

function field({ id, label, autocomplete, placeholder, length }: Field): string {
  return `<div class="field">
<label for="${id}">${escaped(label)}</label>
<input id="${id}" name="${id}" type="text" inputmode="numeric" autocomplete="${autocomplete}" required
 placeholder="${escaped(placeholder)}" maxlength="${length}" spellcheck="false" aria-describedby="${id}-error">
<p class="error" id="${id}-error" aria-live="polite"></p>
</div>`;
}
