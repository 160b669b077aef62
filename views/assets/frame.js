// What every page gains by script: the chosen theme, menus that close, buttons that cannot be pressed twice. All works without.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const wanted = () => localStorage.getItem('theme') ?? 'auto';
  const paint = () => {
    const theme = wanted();
    root.dataset.bsTheme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
    document.dispatchEvent(new Event('theme'));
  };
  paint(); // before the first paint: the script stands in the head, without `defer`
  dark.addEventListener('change', paint);

  const menus = () => document.querySelectorAll('details.qm-menu[open]');
  document.addEventListener('click', (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
    const theme = event.target.closest?.('[data-theme-set]')?.dataset.themeSet;
    if (theme) {
      localStorage.setItem('theme', theme);
      paint();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });

  // A form is sent once: its button says that it works, and further presses do nothing.
  const work = (form, button) => {
    form.dataset.sent = '';
    if (!button) return;
    button.setAttribute('aria-busy', 'true');
    button.insertAdjacentHTML('afterbegin', '<span class="spinner-border" aria-hidden="true"></span>');
  };
  const rest = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button[aria-busy]')) {
      button.removeAttribute('aria-busy');
      button.querySelector('.spinner-border')?.remove();
    }
  };
  const sendOnce = (event, form, button) => ('sent' in form.dataset ? event.preventDefault() : work(form, button));
  document.addEventListener('submit', (event) => {
    const { target: form, submitter, defaultPrevented } = event;
    if (form.method === 'post' && !defaultPrevented) sendOnce(event, form, submitter);
  });
  // A form that only asks what it would cost is not sent yet: its button stays free.
  const sends = ({ elt, requestConfig }) => elt.matches('form[method=post]') && requestConfig.verb !== 'get';
  document.addEventListener('htmx:beforeRequest', (event) => {
    const { elt, requestConfig } = event.detail;
    if (sends(event.detail)) sendOnce(event, elt, requestConfig.triggeringEvent?.submitter);
  });
  document.addEventListener('htmx:afterRequest', ({ detail }) => sends(detail) && rest(detail.elt));
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) for (const form of document.querySelectorAll('form[data-sent]')) rest(form);
  });

  let told; // what is wrong takes the focus when it comes, not again when another part of its page changes
  const ready = () => {
    for (const part of document.querySelectorAll('[data-needs-script]')) part.hidden = false;
    const alert = document.querySelector('[role=alert][tabindex]');
    if (alert && alert !== told) alert.focus();
    told = alert;
  };
  document.addEventListener('DOMContentLoaded', ready);
  document.addEventListener('htmx:afterSwap', ready);
})();
