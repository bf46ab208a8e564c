import { Alert, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { get, inside } from "../api/client";
import type { Person } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useCommand } from "../app/useCommand";
import { useRest } from "../board/live";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { ToneBadge } from "../ui/Badges";
import { Confirm } from "../ui/Confirm";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Icon } from "../ui/Icon";
import { Page, Panel, TwoSides } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { exactTime } from "../ui/time";
import { useTitle } from "../ui/useTitle";
import { Consents, Ledger } from "./Consents";
import { PersonData } from "./PersonData";
import { PersonStreams } from "./PersonStreams";
import { SourceOrder } from "./SourceOrder";
import { personKey } from "./personKey";

/** A person: on the left what their sources tell, on the right what they agreed to and to whom they are connected. */
export default function PersonPage({ id }: { id: string }) {
  useRest();
  const ecosystem = useEcosystem();
  const person = useQuery({
    queryKey: personKey(ecosystem, id),
    queryFn: () => get<Person>(inside(ecosystem, "people", id)),
  });
  // Names stay out of the browser's history and its window titles.
  useTitle(`Person ${id}`);
  const back = { href: pathTo.streams(ecosystem), label: "Streams" };

  if (person.isPending) {
    return (
      <Page title="Person" back={back}>
        <TwoSides left={<Skeleton height={320} radius={12} />} right={<LoadingRows rows={6} />} />
      </Page>
    );
  }
  if (person.isError) {
    return (
      <Page title="Person" back={back}>
        <Failure error={person.error} retry={() => void person.refetch()} title="This person cannot be shown" />
      </Page>
    );
  }
  const data = person.data;
  if (data.erasedAt) return <Erased person={data} back={back} />;
  return (
    <Page title={data.name ?? data.id} back={back}>
      <TwoSides
        left={<PersonData person={data} />}
        right={
          <>
            <Consents person={data} />
            <PersonStreams person={data} />
            <SourceOrder person={data} />
            <Panel title="About">
              <About person={data} />
            </Panel>
            <Panel title="Consent ledger">
              <Ledger person={data} />
            </Panel>
          </>
        }
      />
    </Page>
  );
}

function Erased({ person, back }: { person: Person; back: { href: string; label: string } }) {
  return (
    <Page title={person.id} back={back} aside={<ToneBadge tone="done">Erased</ToneBadge>}>
      <TwoSides
        left={
          <Alert color="gray" variant="light" icon={<Icon name="shield" />} title="This person was erased">
            {person.erasedAt ? `On ${exactTime(Date.parse(person.erasedAt))} the` : "The"} key under which their data
            lay was destroyed; nobody can read them any more. What they agreed to, and when, is kept under an id that
            does not say who it was.
          </Alert>
        }
        right={
          <Panel title="Consent ledger">
            <Ledger person={person} />
          </Panel>
        }
      />
    </Page>
  );
}

function About({ person }: { person: Person }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const erase = useCommand<Person>({ shownAt: personKey(ecosystem, person.id) });
  const none = <span className="faint">not known</span>;
  return (
    <>
      <Facts
        rows={[
          ["Name", person.name ?? none],
          ["Contact", person.contact ?? none],
          [
            "Partner",
            person.partner ? (
              <Link href={pathTo.partner(ecosystem, person.partner)}>{person.partner}</Link>
            ) : (
              <span className="faint">none</span>
            ),
          ],
          ["Id", <CopyId key="id" value={person.id} />],
        ]}
      />
      {may.erase(session) ? (
        <div style={{ marginTop: 10 }}>
          <Confirm
            compact
            action="Erase this person"
            busy={erase.isPending}
            confirm={() => erase.mutate({ path: inside(ecosystem, "people", person.id, "erase") })}
          >
            The key of {person.id} is destroyed: their name, contact and all samples can never be read again, by
            anybody. The consent ledger stays.
          </Confirm>
        </div>
      ) : null}
    </>
  );
}
