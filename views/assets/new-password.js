// Ticks what a new password has as one types, and shows it on request. What counts is what the server says of it.
(() => {
  const input = document.querySelector('input[data-rules]');
  if (!input) return;
  const list = document.getElementById('rules');
  const own = input.dataset.own.split(' ').filter(Boolean);
  const flat = (text) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const met = {
    length: (text) => [...text].length >= Number(input.dataset.minimum),
    lower: (text) => /\p{Ll}/u.test(text),
    upper: (text) => /\p{Lu}/u.test(text),
    digit: (text) => /\p{Nd}/u.test(text),
    special: (text) => /[^\p{L}\p{Nd}]/u.test(text),
    own: (text) => text !== '' && !own.some((word) => flat(text).includes(word)),
  };

  function tick() {
    const typed = input.value.normalize('NFKC');
    for (const item of list.querySelectorAll('li')) {
      const ok = met[item.dataset.rule](typed);
      item.dataset.ok = String(ok);
      item.querySelector('[data-state]').textContent = `, ${ok ? list.dataset.met : list.dataset.unmet}`;
    }
  }

  input.addEventListener('input', tick);
  tick();

  const button = document.querySelector('[data-show=password]');
  button?.addEventListener('click', () => {
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    input.focus();
  });
})();
