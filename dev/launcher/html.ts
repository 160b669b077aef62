/** A form as a browser would send it, were its main button pressed at once. */
export interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Names of the fields that a person must still fill in. */
  readonly empty: readonly string[];
}

type Attributes = Readonly<Record<string, string | undefined>>;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Every form of a page, in its order. Our own pages only: well-formed, quoted attributes. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, opening = '', inside = '']) => {
    const { action = '', method = 'get' } = attributesOf(opening);
    return { action, method: method.toLowerCase(), ...fieldsOf(inside) };
  });
}

/** Where the page's links lead to. */
export function linksOf(html: string): string[] {
  return [...html.matchAll(/<a\b([^>]*)>/gs)].flatMap(([, inside = '']) => attributesOf(inside).href ?? []);
}

/** What a reader reads of each element of this kind and class, outermost only. */
export function textsOf(html: string, element: RegExp): string[] {
  return [...html.matchAll(element)].map(([, inside = '']) => readText(inside));
}

export function readText(html: string): string {
  const joined = html.replace(/<\/?(?:a|b|i|em|strong|small|span|time|code)\b[^>]*>/g, '');
  return decoded(joined.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function fieldsOf(html: string): Pick<Form, 'fields' | 'empty'> {
  const fields: [string, string][] = [];
  const empty: string[] = [];
  const answered = new Set<string>();
  const add = (name: string, value: string, required: boolean) => {
    fields.push([name, value]);
    if (required && value === '') empty.push(name);
  };
  for (const [, tag = '', opening = '', inside = ''] of html.matchAll(
    /<(input|select|textarea)\b([^>]*)>(?:(?<=<(?:select|textarea)\b[^>]*>)(.*?)<\/(?:select|textarea)>)?/gs,
  )) {
    const attributes = attributesOf(opening);
    const { name, type = 'text', value = '' } = attributes;
    if (!name || 'disabled' in attributes || ['submit', 'button', 'file', 'search'].includes(type)) continue;
    const required = 'required' in attributes;
    if (tag === 'select') add(name, chosenOption(inside), required);
    else if (tag === 'textarea') add(name, decoded(inside).replace(/^\n/, ''), required);
    else if (type === 'radio') addChoice(name, value, 'checked' in attributes);
    else if (type === 'checkbox') addBox(name, attributes, required);
    else add(name, value, required);
  }
  return { fields, empty };

  /** A checked one, or else the first: a person could not leave the question open. */
  function addChoice(name: string, value: string, checked: boolean): void {
    const known = fields.findIndex(([other]) => other === name);
    if (known < 0) fields.push([name, value]);
    else if (checked && !answered.has(name)) fields[known] = [name, value];
    if (checked) answered.add(name);
  }

  /** Ticked where it is ticked, or must be. */
  function addBox(name: string, attributes: Attributes, required: boolean): void {
    if (required || 'checked' in attributes) fields.push([name, attributes.value ?? 'on']);
  }
}

function chosenOption(html: string): string {
  const options = [...html.matchAll(/<option\b([^>]*)>(.*?)(?=<option\b|<\/option>|$)/gs)].map(
    ([, opening = '', text = '']) => {
      const attributes = attributesOf(opening);
      return { value: attributes.value ?? readText(text), attributes };
    },
  );
  const open = options.filter(({ attributes }) => !('disabled' in attributes));
  return (open.find(({ attributes }) => 'selected' in attributes) ?? open[0])?.value ?? '';
}

export function attributesOf(opening: string): Attributes {
  const found = [...opening.matchAll(/([\w:@-]+)(?:\s*=\s*"([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name.toLowerCase(), decoded(value)]));
}

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, code: string) => {
    if (code.startsWith('#')) {
      const hex = code[1]?.toLowerCase() === 'x';
      return String.fromCodePoint(Number.parseInt(code.slice(hex ? 2 : 1), hex ? 16 : 10));
    }
    return entities[code] ?? whole;
  });
}
