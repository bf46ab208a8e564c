/** What starts a formula, half or full width, also behind what a spreadsheet does not see. */
const formula = /^[\s\uFEFF\u200B-\u200F\u2060]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\uFEFF]/;

/** One cell. A text that a spreadsheet would run as a formula is defused with an apostrophe. */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export interface CsvColumn<T> {
  title: string;
  value: (row: T) => string | number | null | undefined;
}

/** RFC 4180 text, with the byte order mark by which spreadsheets recognise UTF-8. */
export function csvOf<T>(columns: readonly CsvColumn<T>[], rows: readonly T[]): string {
  const lines = [columns.map((c) => cell(c.title)).join(",")];
  for (const row of rows) lines.push(columns.map((c) => cell(c.value(row))).join(","));
  return "\uFEFF" + lines.join("\r\n") + "\r\n";
}

/** Hands a text to the browser as a file. */
export function saveFile(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Browsers begin the download after the click returns; the address must outlive that.
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
