const dayMs = 86_400_000;

const isWorkday = (at: number): boolean => ![0, 6].includes(new Date(at).getUTCDay());

/** The date (`2026-03-02`, UTC) so many working days after a moment. Weekends are passed over; public holidays are not known here. */
export const workdaysAfter = (at: number, workdays: number): string => {
  let day = at;
  let left = workdays;
  while (left > 0) {
    day += dayMs;
    if (isWorkday(day)) left--;
  }
  return new Date(day).toISOString().slice(0, 10);
};
