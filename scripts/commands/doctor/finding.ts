import { failed } from '../../output/fault.js';

/** One line of the examination. `todo` says what to do about it. */
export type Finding = { level: 'ok' | 'warn' | 'fail'; about: string; message: string; todo?: string };

type Find = (about: string, message: string, todo?: string) => Finding;
const finding =
  (level: Finding['level']): Find =>
  (about, message, todo) => ({ level, about, message, ...(todo !== undefined && { todo }) });

export const ok = finding('ok');
export const warn = finding('warn');
export const fail = finding('fail');

/** An examination that breaks down is a finding too. */
export const examined = async (about: string, look: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> => {
  try {
    return await look();
  } catch (error) {
    const { message } = error instanceof Error ? error : failed(String(error));
    return [fail(about, `could not be examined: ${message}`)];
  }
};
