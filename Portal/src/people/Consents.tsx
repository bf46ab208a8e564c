import { Button, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import { purposes, type Person, type Purpose } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import streams from "../streams/Streams.module.css";
import { purposeNames } from "../streams/status";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { FormEnd } from "../ui/FormEnd";
import { Panel } from "../ui/Page";
import { useForm } from "../ui/useForm";
import { personKey } from "./personKey";

interface Change {
  purpose: Purpose;
  grants: boolean;
}

/** What the person agreed to, for each purpose, and the buttons that record a change of it. */
export function Consents({ person }: { person: Person }) {
  const session = useSession();
  const [asked, setAsked] = useState<Change | null>(null);
  const close = () => setAsked(null);
  return (
    <Panel title="Consents">
      <ul className={streams.list}>
        {purposes.map((purpose) => {
          const consent = person.consents.find((known) => known.purpose === purpose);
          return (
            <li key={purpose}>
              <span>
                {purposeNames[purpose]}
                <span className={streams.why}>
                  {consent ? (
                    <>
                      since <Ago at={consent.since} />, text {consent.textVersion}, by {consent.channel}
                    </>
                  ) : (
                    "not agreed to"
                  )}
                </span>
              </span>
              <span className={streams.end}>
                {may.register(session) ? (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${consent ? "Withdraw" : "Grant"}: ${purposeNames[purpose]}`}
                    onClick={() => setAsked({ purpose, grants: !consent })}
                  >
                    {consent ? "Withdraw" : "Grant"}
                  </Button>
                ) : consent ? (
                  <ToneBadge tone="good">In force</ToneBadge>
                ) : null}
              </span>
            </li>
          );
        })}
      </ul>
      <Modal
        opened={asked !== null}
        onClose={close}
        title={
          asked
            ? `${asked.grants ? "Record the consent to" : "Record the withdrawal from"} ${purposeNames[asked.purpose].toLowerCase()}`
            : ""
        }
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {asked ? <ConsentForm person={person} change={asked} close={close} /> : null}
      </Modal>
    </Panel>
  );
}

function ConsentForm({ person, change, close }: { person: Person; change: Change; close: () => void }) {
  const ecosystem = useEcosystem();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ textVersion: "", channel: "" });
  const command = useCommand<Person>({
    shownAt: personKey(ecosystem, person.id),
    stale: [
      ["days", ecosystem, person.id],
      ["series", ecosystem, person.id],
    ],
    done: close,
    refused: (error) => setFailure(form.refuse(asProblem(error))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const [textVersion, channel] = [form.values.textVersion.trim(), form.values.channel.trim()];
    const errors: Record<string, string> = {};
    if (change.grants && !textVersion) errors.textVersion = "Say which text they agreed to.";
    if (!channel) errors.channel = "Say where they said so.";
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    const path = inside(ecosystem, "people", person.id, "consents", ...(change.grants ? [] : ["withdraw"]));
    command.mutate({ path, body: { purpose: change.purpose, channel, ...(change.grants ? { textVersion } : {}) } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {change.grants ? (
          <TextInput
            label="Version of the text"
            required
            placeholder="2026-03"
            data-autofocus
            {...form.field("textVersion")}
          />
        ) : (
          <Text size="sm">From the answer on nothing that needs this consent is stored or shown.</Text>
        )}
        <TextInput
          label="Channel"
          required
          placeholder="for example app, paper or telephone"
          {...form.field("channel")}
        />
        <FormEnd
          failure={failure}
          action={change.grants ? "Grant" : "Withdraw"}
          busy={command.isPending}
          onCancel={close}
        />
      </Stack>
    </form>
  );
}

/** Every change of every consent, the newest first. */
export function Ledger({ person }: { person: Person }) {
  if (person.ledger.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing was agreed to yet.
      </Text>
    );
  }
  return (
    <ul className={streams.list} aria-label="Consent ledger, newest first">
      {person.ledger.toReversed().map((line, place) => (
        <li key={place}>
          <span>
            {purposeNames[line.purpose]} {line.granted ? "granted" : "withdrawn"}
            <span className={streams.why}>
              {line.textVersion ? `text ${line.textVersion}, ` : ""}by {line.channel}
            </span>
          </span>
          <span className={`faint ${streams.end}`}>
            <Ago at={line.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
