import { expect, test } from "vitest";
import type { Cluster, Silo } from "../api/types";
import { addressText, bytesText, figureText, holderText, kindsOf, processesOf, processText, readerText, versionText } from "./figures";

const silo = (name: string, active: { kind: string; count: number }[] | null): Silo =>
  ({
    name,
    address: `10.0.0.7:1@${name}`,
    state: "active",
    process: active && { name: `host/1/${name}`, active },
  }) as unknown as Silo;

const cluster = (silos: Silo[], process: string) => ({ silos, process: { name: process } }) as unknown as Cluster;

test("small figures have tenths, large ones none, and unknown ones are no zero", () => {
  expect(figureText(1.26)).toBe("1.3");
  expect(figureText(1234.5)).toBe("1,235");
  expect(figureText(null)).toBe("–");
  expect(bytesText(300 * 1024 * 1024)).toBe("300 MiB");
  expect(bytesText(3 * 1024 ** 3)).toBe("3 GiB");
});

test("addresses and processes are shown without what only machines need", () => {
  expect(addressText("10.0.0.7:11111@123")).toBe("10.0.0.7:11111");
  expect(processText("web-1/42/abc")).toBe("web-1/42");
  expect(versionText("1.2.0+0123456789abcdef")).toBe("1.2.0 (0123456)");
  expect(versionText("1.2.0")).toBe("1.2.0");
});

test("active grains of all silos are added by kind, the most first", () => {
  const rows = kindsOf([
    silo("a", [
      { kind: "deal", count: 2 },
      { kind: "partner", count: 1 },
    ]),
    silo("b", [{ kind: "partner", count: 5 }]),
    silo("c", null),
  ]);

  expect(rows.map((row) => [row.kind, row.total])).toEqual([
    ["partner", 6],
    ["deal", 2],
  ]);
  expect(rows[0]?.bySilo.get("10.0.0.7:1@b")).toBe(5);
});

test("a process that runs a silo is counted once", () => {
  const silos = [silo("a", []), silo("b", null)];
  expect(processesOf(cluster(silos, "host/1/a"))).toHaveLength(1);
  expect(processesOf(cluster(silos, "host/2/gateway"))).toHaveLength(2);
});

test("a holder is known by its silo, else by its process", () => {
  const one = cluster([silo("a", [])], "host/2/gateway");
  expect(holderText(one, "host/1/a")).toBe("a");
  expect(holderText(one, "host/2/gateway")).toBe("this process");
  expect(holderText(one, "host/3/other")).toBe("host/3");
});

test("a reader of a later form keeps its words", () => {
  expect(readerText("read-models-7")).toBe("Saved lists and boards");
  expect(readerText("something-new")).toBe("something-new");
});
