import { escapeIdentifier, escapeLiteral } from 'pg';

/** A name as it may stand in a statement, where parameters cannot. */
export const quoted = (name: string): string => escapeIdentifier(name);

/** A text as it may stand in a statement, where parameters cannot. */
export const literal = (text: string): string => escapeLiteral(text);
