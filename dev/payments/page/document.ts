import type { Response } from 'express';
import type { Words } from './words.js';

export interface Frame {
  readonly language: string;
  readonly theme: unknown;
  readonly words: Words;
  readonly title: string;
  readonly script: string;
  /** HTML, its values already escaped. */
  readonly body: string;
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'";

/** A page of the simulator's that stands in a frame of somebody else's. */
export function sendFrame(response: Response, { language, theme, words, title, script, body }: Frame): void {
  response
    .set({ 'content-security-policy': policy, 'cache-control': 'no-store' })
    .type('html')
    .send(`<!doctype html>
<html lang="${language}" data-theme="${theme === 'dark' ? 'dark' : 'light'}" data-words="${escaped(JSON.stringify(words))}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/v3/frame.css">
<script type="module" src="/v3/${script}"></script>
</head>
<body>
${body}
</body>
</html>
`);
}

export function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
