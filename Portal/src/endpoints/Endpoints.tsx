import { Link } from "wouter";
import { inside } from "../api/client";
import type { Endpoint } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import streams from "../streams/Streams.module.css";
import { ToneBadge } from "../ui/Badges";
import { List, type ListColumn } from "../ui/List";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { CreateEndpoint } from "./CreateEndpoint";
import { statusNames, statusTones, troubleOf } from "./words";

const count = (n: number) => n.toLocaleString("en");

/** Who is told what happens here, and how well the telling goes. */
export function Endpoints() {
  const ecosystem = useEcosystem();
  const source = usePages<Endpoint>(inside(ecosystem, "endpoints"), {});
  const columns: ListColumn<Endpoint>[] = [
    {
      title: "Endpoint",
      cell: (row) => (
        <>
          <Link href={pathTo.endpoint(ecosystem, row.id)}>{row.description ?? row.id}</Link>
          <span className={streams.why} style={{ overflowWrap: "anywhere" }}>
            {row.url}
          </span>
        </>
      ),
    },
    {
      title: "Events",
      cell: (row) => (row.types.length === 0 ? "all" : row.types.join(", ")),
      minor: true,
    },
    {
      title: "Status",
      cell: (row) => (
        <>
          <ToneBadge tone={statusTones[row.status]}>{statusNames[row.status]}</ToneBadge>
          {troubleOf(row) ? <span className={streams.why}>{troubleOf(row)}</span> : null}
        </>
      ),
    },
    { title: "Pending", cell: (row) => count(row.counts.pending), numeric: true, minor: true },
    { title: "Delivered", cell: (row) => count(row.counts.delivered), numeric: true },
    { title: "Given up", cell: (row) => count(row.counts.failed), numeric: true, minor: true },
  ];
  return (
    <List
      label="Endpoints"
      source={source}
      columns={columns}
      rowKey={(row) => row.id}
      empty={
        <Empty icon="webhooks" title="No endpoints yet" action={<CreateEndpoint />}>
          An endpoint is an address of a customer's that is told what happens here, with signed webhooks.
        </Empty>
      }
    />
  );
}
