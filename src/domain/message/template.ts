/** The Liquid source of one message: a one-line subject, the plain text, and the content of its HTML twin. */
export type TemplateSource = { subject: string; text: string; html: string };
