/** Milliseconds since 1970 with fractions, alike in every process of this machine. */
export const clock = (): number => performance.timeOrigin + performance.now();
