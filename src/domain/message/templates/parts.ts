/** What a person wrote for this message, with its lines: in plain text, and as a row of the table. */
export const written = `{% if text != '' %}{{ text }}

{% endif %}`;
export const writtenRow = `{% if text != '' %}<tr><td colspan="2" style="padding:10px 18px;white-space:pre-line">{{ text }}</td></tr>{% endif %}`;

/** One paragraph over the whole width. */
export const paragraph = (content: string): string =>
  `<tr><td colspan="2" style="padding:10px 18px">${content}</td></tr>`;

/** A label beside fixed words of ours, which may hold Liquid. */
export const labelled = (label: string, content: string): string =>
  `<tr><td style="padding:6px 10px 6px 18px;color:#57606a;vertical-align:top">${label}</td><td style="padding:6px 18px 6px 0">${content}</td></tr>`;

/** Since when, and where, as rows. */
export const sinceRow = `{% assign started = since | utc %}{% render 'row', label: 'Since', value: started %}`;
export const regionsRow = `{% assign where = regions | join: ', ' %}{% render 'row', label: 'Regions', value: where %}`;

/** What it is about: the services, where they are known and may be named, and the title. */
export const matter = `{% if services.size > 0 %}{{ services | join: ', ' }} · {% endif %}{{ title }}`;
