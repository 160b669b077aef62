// Says how many rows of a list are ticked and what they come to, and ticks them all at once. The preview counts again; without
// script it alone does.
(() => {
  const unmistakable = ['EUR', 'GBP', 'UAH']; // as locales/formats.ts writes them
  const language = document.documentElement.lang;

  function money(currency, minor) {
    const currencyDisplay = unmistakable.includes(currency) ? 'narrowSymbol' : 'symbol';
    const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay });
    return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
  }

  const boxesOf = (form) => [...document.querySelectorAll(`input[name=pick][form="${form.id}"]`)];

  function tell(form) {
    const boxes = boxesOf(form);
    const ticked = boxes.filter(({ checked }) => checked);
    const sums = new Map();
    for (const { dataset } of ticked)
      sums.set(dataset.currency, (sums.get(dataset.currency) ?? 0) + Number(dataset.amount));
    const sum = [...sums].map(([currency, minor]) => money(currency, minor)).join(' + ');
    const words = form.getAttribute(`data-ticked-${new Intl.PluralRules(language).select(ticked.length)}`) ?? '';
    form.querySelector('[data-ticked]').textContent =
      ticked.length > 0 ? words.replace('{count}', ticked.length.toLocaleString(language)).replace('{sum}', sum) : '';
    const all = allOf(form, boxes);
    if (!all) return;
    all.checked = ticked.length > 0 && ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  }

  /** The box over the others: made here, since it would do nothing without script. */
  function allOf(form, [first]) {
    const head = first?.closest('table')?.querySelector('thead th');
    if (!head) return undefined;
    const there = head.querySelector('input');
    if (there) return there;
    const all = document.createElement('input');
    Object.assign(all, { type: 'checkbox', className: 'form-check-input' });
    all.setAttribute('aria-label', form.dataset.all);
    all.addEventListener('change', () => {
      for (const box of boxesOf(form)) box.checked = all.checked;
      tell(form);
    });
    head.replaceChildren(all);
    return all;
  }

  const tellAll = () => {
    for (const form of document.querySelectorAll('form[data-all]')) tell(form);
  };
  document.addEventListener('change', ({ target }) => {
    if (target.name === 'pick' && target.form) tell(target.form);
  });
  document.addEventListener('htmx:afterSwap', tellAll);
  window.addEventListener('pageshow', tellAll); // boxes that the browser kept ticked
})();
