// Names for the gateway's JSON, generated from docs/openapi.json. Times are RFC 3339 in UTC.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Phase = Schemas["Phase"];
export const phases = ["discovery", "integration", "launch", "scale"] as const satisfies readonly Phase[];

/** The kinds that the portal has boards of. */
export type Kind = Exclude<Schemas["BoardKind"], "programs">;
/** The kinds that have a page with phases and a timeline of their own. */
export type LifecycleKind = Schemas["BoardKind"];
/** The kinds whose history can be read. */
export type TimelineKind = LifecycleKind | "streams";
export type Role = Schemas["Role"];
export type Money = Schemas["Money"];
export type Session = Schemas["SessionResponse"];

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

/** The document leaves the kind open; on the wire it is always there and tells the two cards apart. */
export type PartnerCard = Omit<Schemas["PartnerCard"], "kind"> & { kind: "partners" };
export type DealCard = Omit<Schemas["DealCard"], "kind"> & { kind: "deals" };
export type Card = PartnerCard | DealCard;
export type DealStatus = Schemas["DealStatus"];
export type Protection = Schemas["Protection"];

export type PhaseVisit = Schemas["PhaseVisit"];
export type ChecklistItem = Schemas["ChecklistItem"];
export type Partner = Schemas["PartnerResponse"];
export type Deal = Schemas["DealResponse"];
export type TimelineEntry = Schemas["TimelineEntry"];

export type BoardColumn = Omit<Schemas["BoardColumn"], "cards"> & { cards: Card[] };
export type Board = Omit<Schemas["BoardSnapshot"], "columns"> & { columns: BoardColumn[] };

/** What the hub sends after a snapshot. The OpenAPI document covers REST only. */
export interface Delta {
  version: number;
  /** The version this delta follows; it may be applied to any board at or after it. */
  from: number;
  upserts: Card[];
  removes: string[];
  correlation?: string;
}

/** The secret is there in the answers to creating and rotating only. */
export type Source = Schemas["SourceResponse"];
export type Scheme = Schemas["SchemeResponse"];
export type DeadLetterStatus = Schemas["DeliveryStatus"];
export type DeadLetterCard = Schemas["DeadLetterCard"];
export type DeadLetter = Schemas["DeadLetterResponse"];
export type DryRun = Schemas["DryRunResponse"];
export type StateChange = Schemas["StateChange"];
export type Replayed = Schemas["ReplayedResponse"];
export type Refusal = Schemas["Refusal"];

/** The secret is there in the answers to creating and rotating only. */
export type Endpoint = Schemas["EndpointResponse"];
export type EndpointStatus = Schemas["EndpointStatus"];
export type EventType = Schemas["EventTypeResponse"];
export type NotificationCard = Schemas["NotificationCard"];
export type NotificationStatus = Schemas["NotificationStatus"];
export type Notification = Schemas["NotificationResponse"];

export type Person = Schemas["PersonResponse"];
export type Purpose = Schemas["Purpose"];
export const purposes = ["coaching", "insurer-sharing", "research", "marketing"] as const satisfies readonly Purpose[];

export type Measure = NonNullable<Schemas["Measure"]>;
export type StreamStatus = Schemas["StreamStatus"];
export type StreamCard = Schemas["StreamCard"];
export type Stream = Schemas["StreamResponse"];
export type PendingFetch = Schemas["FetchResponse"];
export type PastFetch = Schemas["PastFetch"];
export type Days = Schemas["DaysResponse"];
export type Day = Schemas["DayResponse"];
export type Series = Schemas["SeriesResponse"];

export type Outcomes = Schemas["OutcomesView"];
export type OutcomeFigure = Schemas["OutcomeFigure"];
export type OutcomeFigures = Schemas["OutcomeFigures"];

export type Program = Schemas["CustomerProgramResponse"];
export type ProgramCard = Schemas["CustomerProgramCard"];
export type ProgramType = Schemas["ProgramType"];
export type ProgramStatus = Schemas["ProgramStatus"];
export type Invitation = Schemas["InvitationResponse"];
export type Enrolment = Schemas["EnrolmentResponse"];
export type EnrolmentCard = Schemas["EnrolmentCard"];
export type Template = Schemas["TemplateRule"];
export type StartedTemplate = Schemas["StartedTemplateResponse"];

/** Whether a grain is paused; by whom and why only when it is. */
export type PauseState = Schemas["PauseResponse"];

export type Blueprint = Schemas["BlueprintResponse"];
export type BlueprintDocument = Schemas["BlueprintDocument"];

export type Operations = Schemas["OperationsResponse"];
export type Cluster = Schemas["OperationsView"];
export type Silo = Schemas["SiloView"];
export type ProcessFigures = Schemas["ProcessView"];
export type CommandFigures = Schemas["CommandsView"];
export type JournalFigures = Schemas["JournalView"];
export type RaisedLogLevel = Schemas["RaisedLogLevel"];
export type LogLevelOutcome = Schemas["LogLevelOutcome"];
export type LogSeverity = Schemas["LogSeverity"];
export type Grain = Schemas["GrainResponse"];
export type GrainPlace = Schemas["GrainPlace"];
