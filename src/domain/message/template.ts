/** The Liquid source of one message: a one-line subject, the plain text, and the content of its HTML twin. */
export type TemplateSource = {
  subject: string;
  text: string;
  html: string;
  /** The footer for people outside, whom no crisis id or severity concerns; absent for our own. */
  outside?: string;
};
