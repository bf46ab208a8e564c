const minute = 60_000;
const hour = 60 * minute;
export const dayMs = 24 * hour;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "long" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** "3 minutes ago", "in 2 days". A gap below five seconds is "now", because clocks differ by that much. */
export function ago(at: number, now: number): string {
  const gap = at - now;
  const size = Math.abs(gap);
  if (size < 5_000) return "now";
  if (size < minute) return relative.format(Math.round(gap / 1000), "second");
  if (size < hour) return relative.format(Math.round(gap / minute), "minute");
  if (size < dayMs) return relative.format(Math.round(gap / hour), "hour");
  if (size < 60 * dayMs) return relative.format(Math.round(gap / dayMs), "day");
  return relative.format(Math.round(gap / (30 * dayMs)), "month");
}

export const exactTime = (at: number) => exact.format(at);

/** "6 Jul" within the year of now, "6 Jul 2025" outside it. */
export function calendarDay(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayOfYear : day).format(at);
}
