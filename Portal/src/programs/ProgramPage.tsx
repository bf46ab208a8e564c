import { Alert, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { get, inside } from "../api/client";
import type { Program } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useRest } from "../board/live";
import { NextStep } from "../lifecycle/NextStep";
import { Stepper } from "../lifecycle/Stepper";
import { Timeline } from "../lifecycle/Timeline";
import { detailKey } from "../lifecycle/useAdvance";
import { Outcomes } from "../outcomes/Outcomes";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { measureNames } from "../streams/measures";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Page, Panel, TwoSides } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { useTitle } from "../ui/useTitle";
import { Enrolments } from "./Enrolments";
import { Invitations } from "./Invitations";
import { ProgramActions } from "./ProgramActions";
import { statusNames, statusTones, typeNames } from "./words";

/** Enrolments come from elsewhere; an open page follows them at this pace. */
const renewMs = 15_000;

/** A customer program: its phases, who takes part and by which invitation, and how long it goes on. */
export default function ProgramPage({ id }: { id: string }) {
  useRest();
  const ecosystem = useEcosystem();
  const session = useSession();
  const program = useQuery({
    queryKey: detailKey(ecosystem, "programs", id),
    queryFn: () => get<Program>(inside(ecosystem, "programs", id)),
    refetchInterval: renewMs,
  });
  useTitle(program.data?.name ?? "Program");
  const back = { href: pathTo.programs(ecosystem), label: "Programs" };

  if (program.isPending) {
    return (
      <Page title="Program" back={back}>
        <TwoSides left={<Skeleton height={320} radius={12} />} right={<LoadingRows rows={6} />} />
      </Page>
    );
  }
  if (program.isError) {
    return (
      <Page title="Program" back={back}>
        <Failure error={program.error} retry={() => void program.refetch()} title="This program cannot be shown" />
      </Page>
    );
  }
  const data = program.data;
  const ended = data.status === "ended";
  return (
    <Page
      title={data.name}
      back={back}
      aside={<ToneBadge tone={statusTones[data.status]}>{statusNames[data.status]}</ToneBadge>}
    >
      <TwoSides
        left={
          <>
            {ended && data.reason ? (
              <Alert color="gray" variant="light" title="Ended before its time">
                {data.reason}
              </Alert>
            ) : null}
            <ProgramActions program={data} />
            <Panel title="Where it stands">
              <Stepper visits={data.phases} closed={ended} />
            </Panel>
            {ended ? null : (
              <NextStep
                subject={{ kind: "programs", id, name: data.name, phase: data.phase }}
                checklist={data.checklist}
                mayAct={may.manage(session)}
              />
            )}
            {may.seeOutcomes(session) ? <Outcomes kind="programs" id={id} goals={data.goals} /> : null}
            {may.seePeople(session) ? <Enrolments program={data} /> : null}
            <Panel title="About">
              <About program={data} />
            </Panel>
          </>
        }
        right={
          <>
            <Invitations program={data} />
            <Panel title="Timeline">
              <Timeline kind="programs" id={id} />
            </Panel>
          </>
        }
      />
    </Page>
  );
}

function About({ program }: { program: Program }) {
  const ecosystem = useEcosystem();
  const { eligibility, goals } = program;
  const rules = [
    eligibility.text,
    eligibility.emailDomain && `address at ${eligibility.emailDomain}`,
    eligibility.ageMin && `at least ${eligibility.ageMin} years old`,
  ];
  const aims = Object.entries(goals.daily).map(
    ([measure, least]) =>
      `${least.toLocaleString("en")} ${(measureNames[measure as keyof typeof measureNames] ?? measure).toLowerCase()} a day`,
  );
  if (goals.activePercent) aims.push(`${goals.activePercent} % active`);
  return (
    <Facts
      rows={[
        ["Type", typeNames[program.type]],
        [
          "Partner",
          <Link key="partner" href={pathTo.partner(ecosystem, program.partner)}>
            {program.partnerName ?? program.partner}
          </Link>,
        ],
        ["Customer", `${program.customer.name} (${program.domain})`],
        ["Who may take part", rules.filter(Boolean).join("; ") || "everybody with an invitation"],
        ["Goals", aims.join("; ") || <span className="faint">none</span>],
        ["Starts", <Ago key="starts" at={program.starts} />],
        ["Ends", <Ago key="ends" at={program.ends} />],
        ["Renewal decided by", <Ago key="renewal" at={program.renewalDueAt} />],
        ["Referrals", program.referrals.toLocaleString("en")],
        ["Id", <CopyId key="id" value={program.id} />],
      ]}
    />
  );
}
