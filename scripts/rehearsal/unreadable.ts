/** Why a file could not be read, in words. */
export const unreadable = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : error.message;
};
