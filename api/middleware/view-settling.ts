import Handlebars from 'handlebars';

type Given = Pick<hbs.AST.MustacheStatement, 'params' | 'hash'>;
export type Program = hbs.AST.Program;

export interface SettledBy {
  /** What a helper answers to words that stand in the view; nothing where that is known only when it is drawn. */
  said(helper: string, words: readonly unknown[], hash: Readonly<Record<string, unknown>>): unknown;
  /** A partial by its name. */
  partial(name: string): Program;
}

/**
 * A view with what can be known of it beforehand written out: phrases, icons and addresses of files that it names itself,
 * and partials that are given nothing. A list names the same phrase in each of its rows, and a frame some dozens.
 */
export function settle(program: Program, by: SettledBy, within: readonly string[] = []): Program {
  const again = (inner: Program) => inner && settle(inner, by, within);
  const settled = (node: hbs.AST.Statement): hbs.AST.Statement[] => {
    if (isKind(node, 'MustacheStatement')) return [settleMustache(node, by)];
    if (isKind(node, 'PartialStatement')) return settlePartial(node, by, within);
    if (isKind(node, 'BlockStatement'))
      return [{ ...given(node, by), program: again(node.program), inverse: again(node.inverse) } as hbs.AST.Statement];
    if (isKind(node, 'PartialBlockStatement'))
      return [{ ...given(node, by), program: again(node.program) } as hbs.AST.Statement];
    return [node];
  };
  return { ...program, body: program.body.flatMap(settled) };
}

interface Kinds {
  readonly MustacheStatement: hbs.AST.MustacheStatement;
  readonly BlockStatement: hbs.AST.BlockStatement;
  readonly PartialStatement: hbs.AST.PartialStatement;
  readonly PartialBlockStatement: hbs.AST.PartialBlockStatement;
  readonly SubExpression: hbs.AST.SubExpression;
  readonly PathExpression: hbs.AST.PathExpression;
  readonly StringLiteral: hbs.AST.StringLiteral;
}

function isKind<Kind extends keyof Kinds>(node: hbs.AST.Node, kind: Kind): node is Kinds[Kind] {
  return node.type === kind;
}

function settleMustache(node: hbs.AST.MustacheStatement, by: SettledBy): hbs.AST.Statement {
  const asked = given(node, by);
  const said = answerOf(node.path, asked, by);
  if (said === undefined) return asked;
  return content(node.escaped ? Handlebars.escapeExpression(said as string) : String(said), node);
}

function content(value: string, { loc }: hbs.AST.Node): hbs.AST.Statement {
  return { type: 'ContentStatement', value, original: value, loc } as hbs.AST.Statement;
}

/** A partial that includes itself is called, or there would be no end to it. */
function settlePartial(node: hbs.AST.PartialStatement, by: SettledBy, within: readonly string[]): hbs.AST.Statement[] {
  const { name, params, hash } = node;
  const isPlain = isKind(name, 'PathExpression') && !name.data && params.length === 0 && !hash;
  if (!isPlain || within.includes(name.original)) return [given(node, by)];
  return [content(node.indent, node), ...settle(by.partial(name.original), by, [...within, name.original]).body];
}

/** What a helper or a partial is given, with what is known of it. */
function given<Node extends Given>(node: Node, by: SettledBy): Node {
  const params = node.params.map((each) => settleExpression(each, by));
  if (!node.hash) return { ...node, params };
  const pairs = node.hash.pairs.map((pair) => ({ ...pair, value: settleExpression(pair.value, by) }));
  return { ...node, params, hash: { ...node.hash, pairs } };
}

function settleExpression(node: hbs.AST.Expression, by: SettledBy): hbs.AST.Expression {
  if (!isKind(node, 'SubExpression')) return node;
  const asked = given(node, by);
  const said = answerOf(node.path, asked, by);
  if (typeof said !== 'string') return asked;
  return { type: 'StringLiteral', value: said, original: said, loc: node.loc } as hbs.AST.Expression;
}

function answerOf(path: hbs.AST.Expression, { params, hash }: Given, by: SettledBy): unknown {
  const pairs = hash?.pairs ?? [];
  const known = [...params, ...pairs.map(({ value }) => value)].every((each) => isKind(each, 'StringLiteral'));
  if (!known || params.length === 0 || !isKind(path, 'PathExpression')) return undefined;
  const word = (each: hbs.AST.Expression) => (each as hbs.AST.StringLiteral).value;
  return by.said(
    path.original,
    params.map(word),
    Object.fromEntries(pairs.map(({ key, value }) => [key, word(value)])),
  );
}
