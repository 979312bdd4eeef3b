/** HTML that is safe to send: made only by the tag below. */
export class Html {
  constructor(readonly text: string) {}
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const shown = (value: string | Html | undefined | readonly Html[]): string => {
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => escapes[character] ?? '');
  return (value ?? []).map(({ text }) => text).join('');
};

/** A template in which every value is escaped unless it is HTML made by this tag. Values stand in text or quoted attributes. */
export const html = (parts: TemplateStringsArray, ...values: (string | Html | undefined | readonly Html[])[]): Html =>
  new Html(parts.reduce((text, part, index) => text + shown(values[index - 1]) + part));
