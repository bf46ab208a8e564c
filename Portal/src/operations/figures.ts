import type { Cluster, ProcessFigures, Silo } from "../api/types";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const countText = (n: number) => whole.format(n);

/** A rate or a time: tenths while it is small. */
export function figureText(n: number | null | undefined): string {
  if (n === null || n === undefined) return "–";
  return n < 100 ? tenths.format(n) : whole.format(n);
}

export const millisecondsText = (n: number | null | undefined) => (n == null ? "–" : `${figureText(n)} ms`);

const mebi = 1024 * 1024;

export function bytesText(n: number): string {
  return n >= 1024 * mebi ? `${tenths.format(n / 1024 / mebi)} GiB` : `${whole.format(n / mebi)} MiB`;
}

/** Of a process its machine and number; the word behind is new at each start and tells people nothing. */
export const processText = (name: string) => name.split("/").slice(0, 2).join("/");

/** Of a silo's address what can be dialled; the number behind counts its starts. */
export const addressText = (address: string) => address.split("@")[0] ?? address;

/** Of a build its version, and the beginning of the revision that it was made from. */
export function versionText(version: string): string {
  const [number = version, revision] = version.split("+");
  return revision ? `${number} (${revision.slice(0, 7)})` : number;
}

/** Every process that has said something, each once: the silos that answered, and the process that was asked. */
export function processesOf(cluster: Cluster): ProcessFigures[] {
  const silos = cluster.silos.flatMap((silo) => (silo.process ? [silo.process] : []));
  return silos.some((one) => one.name === cluster.process.name) ? silos : [...silos, cluster.process];
}

/** Who holds a lease, as people know it: by its silo's name where it runs one. */
export function holderText(cluster: Cluster, holder: string): string {
  const silo = cluster.silos.find((one) => one.process?.name === holder);
  if (silo) return silo.name;
  return holder === cluster.process.name ? "this process" : processText(holder);
}

export const livingSilos = (cluster: Cluster) => cluster.silos.filter((silo) => silo.state !== "dead");

export interface KindRow {
  kind: string;
  total: number;
  /** By the silo's address. */
  bySilo: Map<string, number>;
}

/** Active grains by kind, the most first, and how many of them each silo has. */
export function kindsOf(silos: readonly Silo[]): KindRow[] {
  const rows = new Map<string, KindRow>();
  for (const silo of silos) {
    for (const { kind, count } of silo.process?.active ?? []) {
      const row = rows.get(kind) ?? { kind, total: 0, bySilo: new Map() };
      row.total += count;
      row.bySilo.set(silo.address, count);
      rows.set(kind, row);
    }
  }
  return [...rows.values()].sort((a, b) => b.total - a.total || a.kind.localeCompare(b.kind));
}

/** What a reader does, in words. */
export function readerText(name: string): string {
  const word = Object.keys(readers).find((known) => name.startsWith(known));
  return word ? (readers[word] ?? name) : name;
}

const readers: Record<string, string> = {
  reactions: "Follow-up commands",
  fetches: "Fetches from senders",
  outbound: "Webhooks to endpoints",
  notifications: "Webhooks to endpoints",
  "personal-samples": "Days and samples of people",
  "read-models": "Saved lists and boards",
};
