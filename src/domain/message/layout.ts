/**
 * The frame of every HTML mail: one table that reads on a telephone as on a desk, without pictures, scripts or anything
 * fetched. Needs `heading`, `tone` (a colour), `drill` and `footer`.
 */
export const layout = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ heading }}</title></head>
<body style="margin:0;padding:12px;background:#f2f3f5;color:#1b1f24;font:16px/1.45 system-ui,sans-serif">
<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:640px;margin:0 auto;background:#fff;border-radius:6px">
<tr><td colspan="2" style="padding:14px 18px;background:{{ tone }};color:#fff;font-size:19px;font-weight:600;border-radius:6px 6px 0 0">{% if drill %}[DRILL] {% endif %}{{ heading }}</td></tr>
{% if drill %}<tr><td colspan="2" style="padding:10px 18px;background:#fff3cd">This is a drill. Nothing is really broken.</td></tr>{% endif %}
{% block content %}{% endblock %}
<tr><td colspan="2" style="padding:12px 18px;color:#57606a;font-size:13px;border-top:1px solid #d8dee4">{{ footer }}</td></tr>
</table></body></html>`;

/** One labelled line of the table; nothing where there is nothing to say. */
export const row = `{% if value != '' %}<tr><td style="padding:6px 10px 6px 18px;color:#57606a;vertical-align:top;white-space:nowrap">{{ label }}</td><td style="padding:6px 18px 6px 0">{{ value }}</td></tr>{% endif %}`;

/** A labelled address: a link when it is http(s), else as text. */
export const link = `{% assign href = value | web_link %}{% if href == '' %}{% render 'row', label: label, value: value %}{% else %}<tr><td style="padding:6px 10px 6px 18px;color:#57606a">{{ label }}</td><td style="padding:6px 18px 6px 0"><a href="{{ href }}">{{ href }}</a></td></tr>{% endif %}`;

/** The colour of a severity's heading, each readable under white (WCAG AA). */
export const toneOf = (severity: string): string =>
  ({ P0: '#b3261e', P1: '#a34700', P2: '#6b5900', P3: '#3b5b8c' })[severity] ?? '#3b4350';
