import { expect, it } from "vitest";
import { csvOf } from "./csv";

const columns = [
  { title: "Name", value: (row: { name: string; n: number | null }) => row.name },
  { title: "N", value: (row: { name: string; n: number | null }) => row.n },
];
const lines = (...rows: { name: string; n: number | null }[]) => csvOf(columns, rows).split("\r\n");

it("quotes what holds a comma, a quote or a line break", () => {
  expect(lines({ name: 'a "b", c', n: 1 })[1]).toBe('"a ""b"", c",1');
});

it("defuses what a spreadsheet would run", () => {
  expect(lines({ name: "=SUM(A1)", n: null })[1]).toBe("'=SUM(A1),");
  expect(lines({ name: "@x", n: -5 })[1]).toBe("'@x,-5");
  for (const start of ["\uFEFF", " ", "\u200B", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"]) {
    const name = start + "=SUM(A1)";
    expect(lines({ name, n: null })[1]).toBe(`'${name},`);
  }
});

it("starts with the byte order mark and the titles", () => {
  expect(lines()[0]).toBe("\uFEFFName,N");
});
