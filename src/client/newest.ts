/** So many are remembered; the oldest are forgotten first. */
const most = 20_000;

/** Notes it as the newest of a memory that holds only so many. */
export const remember = <Value>(map: Map<string, Value>, key: string, value: Value): void => {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
};
