const twoDigits = (n: number) => String(n).padStart(2, "0");

/** The day of this moment where the viewer is, as in 2026-03-01. */
export function dayText(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** When this day begins where the viewer is. */
export function startOfDay(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

/** The day so many days later, or earlier when negative. */
export function dayAfter(day: string, days: number): string {
  const start = startOfDay(day);
  // Noon, so that the hour that summer time takes or gives does not change the day.
  return dayText(new Date(start.getFullYear(), start.getMonth(), start.getDate() + days, 12).getTime());
}

/** All days from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = dayAfter(day, 1)) days.push(day);
  return days;
}
