const dayMs = 86_400_000;

/** The Monday so many whole weeks before the current week, in UTC, by which outcomes are computed. */
export function weeksBefore(now: number, weeks: number): string {
  const sinceMonday = (new Date(now).getUTCDay() + 6) % 7;
  return new Date(now - (sinceMonday + 7 * weeks) * dayMs).toISOString().slice(0, 10);
}
