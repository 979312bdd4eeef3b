import { marked, type Token, type Tokens } from 'marked';
import { oneLine } from '../../src/domain/describe/words.js';
import { table } from './table.js';
import { colours } from './terminal.js';
import { wrap } from './wrap.js';

type Options = {
  width: number;
  /** How a piece of code in a line is shown; the runbook marks names of actions. */
  code: (text: string) => string;
};

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const inline = (tokens: readonly Token[] | undefined, options: Options): string =>
  (tokens ?? []).map((token) => inlineOne(token, options)).join('');

const inlineOne = (token: Token, options: Options): string => {
  const inner = 'tokens' in token ? inline(token.tokens, options) : '';
  switch (token.type) {
    case 'strong':
      return colours.bold(inner);
    case 'em':
      return colours.italic(inner);
    case 'codespan':
      return options.code(unescaped((token as Tokens.Codespan).text));
    case 'link': {
      const { href } = token as Tokens.Link;
      return href === inner ? colours.underline(inner) : `${inner} (${colours.underline(oneLine(href))})`;
    }
    case 'br':
      return ' ';
    default:
      return inner || ('text' in token ? oneLineKept(unescaped(String(token['text']))) : '');
  }
};

/** As one line, but with the spaces at its ends, since it stands among others. */
const oneLineKept = (text: string): string =>
  `${/^\s/.test(text) ? ' ' : ''}${oneLine(text, 10_000)}${/\S\s$/.test(text) ? ' ' : ''}`;

const list = ({ items, ordered, start }: Tokens.List, options: Options): string =>
  items
    .map((item, index) => {
      const box = item.task ? `${item.checked ? '[x]' : '[ ]'} ` : '';
      const mark = ordered ? `${(start || 1) + index}. ` : `• ${box}`;
      const body = blocks(item.tokens, { ...options, width: options.width - mark.length }, '\n');
      return `${mark}${body.replaceAll('\n', `\n${' '.repeat(mark.length)}`)}`;
    })
    .join('\n');

const tableShown = ({ header, rows }: Tokens.Table, options: Options): string =>
  table(
    header.map(({ tokens }) => inline(tokens, options)),
    rows.map((row) => row.map(({ tokens }) => inline(tokens, options))),
  );

const code = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${colours.cyan(oneLineCode(line))}`)
    .join('\n');

// eslint-disable-next-line no-control-regex -- control characters would move the cursor; spaces keep their meaning
const oneLineCode = (line: string): string => line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ');

const block = (token: Token, options: Options): string => {
  switch (token.type) {
    case 'heading': {
      const text = inline(token.tokens, options);
      return (token as Tokens.Heading).depth === 1 ? colours.bold(colours.underline(text)) : colours.bold(text);
    }
    case 'paragraph':
    case 'text':
      return wrap('tokens' in token ? inline(token.tokens, options) : inlineOne(token, options), options.width);
    case 'list':
      return list(token as Tokens.List, options);
    case 'code':
      return code((token as Tokens.Code).text);
    case 'blockquote':
      return blocks(token.tokens ?? [], { ...options, width: options.width - 2 })
        .split('\n')
        .map((line) => `${colours.dim('│')} ${line}`)
        .join('\n');
    case 'table':
      return tableShown(token as Tokens.Table, options);
    case 'hr':
      return colours.dim('─'.repeat(Math.min(40, options.width)));
    default:
      return '';
  }
};

const blocks = (tokens: readonly Token[], options: Options, between = '\n\n'): string =>
  tokens
    .map((token) => block(token, options))
    .filter((text) => text !== '')
    .join(between);

/** Markdown as a terminal shows it. Comments and HTML are left out. `width` in columns. */
export const renderMarkdown = (
  markdown: string,
  width: number,
  code: (text: string) => string = colours.cyan,
): string => blocks(marked.lexer(markdown), { width: Math.min(width, 110), code });
