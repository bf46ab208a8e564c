import { Alert, Button, Select, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { put } from "../api/client";
import { asProblem } from "../api/problem";
import type { Cluster, LogLevelOutcome, LogSeverity, RaisedLogLevel } from "../api/types";
import { Ago } from "../ui/Ago";
import { Panel } from "../ui/Page";
import { useForm } from "../ui/useForm";
import classes from "./Operations.module.css";
import { addressText, livingSilos, processesOf, processText } from "./figures";
import { operationsKey } from "./useOperations";

const severities = ["trace", "debug", "information", "warning", "error", "critical"] as const satisfies readonly LogSeverity[];
const minutes = ["5", "15", "30", "60"];
const everywhere = "";

interface Change {
  category: string;
  level: LogSeverity;
  minutes: number;
  silo?: string;
}

function useChange(done: () => void, refused: (error: unknown) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => put<LogLevelOutcome[]>("/api/operations/log-levels", change),
    onSuccess: (outcomes) => {
      void client.invalidateQueries({ queryKey: operationsKey });
      const silent = outcomes.filter((one) => one.outcome !== "done");
      notifications.show(
        silent.length > 0
          ? { color: "yellow", message: `Not everywhere: ${silent.map((one) => processText(one.process)).join(", ")} did not take it.` }
          : { color: "silo", message: "The log level is changed." },
      );
      done();
    },
    onError: refused,
  });
}

/** What is logged more closely for a time, and the form to begin it. */
export function LogLevels({ cluster }: { cluster: Cluster }) {
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ category: "", level: "debug", minutes: "15", silo: everywhere });
  const change = useChange(
    () => form.set("category", ""),
    (error) => setFailure(form.refuse(asProblem(error))),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { category, level, silo } = form.values;
    change.mutate({
      category: category.trim(),
      level: level as LogSeverity,
      minutes: Number(form.values.minutes),
      silo: silo || undefined,
    });
  };
  return (
    <Panel title="Log levels">
      <InForce cluster={cluster} />
      <form onSubmit={submit}>
        <div className={classes.levels}>
          <TextInput
            {...form.field("category")}
            label="Category"
            placeholder="Orleans.Runtime"
            required
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
          />
          <Select
            label="Level"
            data={severities.map((level) => ({ value: level, label: level }))}
            value={form.values.level}
            onChange={(next) => form.set("level", next ?? "debug")}
            allowDeselect={false}
          />
          <Select
            label="For"
            data={minutes.map((count) => ({ value: count, label: `${count} minutes` }))}
            value={form.values.minutes}
            onChange={(next) => form.set("minutes", next ?? "15")}
            allowDeselect={false}
          />
          <Select
            label="Where"
            data={[
              { value: everywhere, label: "everywhere" },
              ...livingSilos(cluster).map((silo) => ({
                value: silo.address,
                label: `${silo.name}, ${addressText(silo.address)}`,
              })),
            ]}
            value={form.values.silo}
            onChange={(next) => form.set("silo", next ?? everywhere)}
            allowDeselect={false}
          />
          <Button type="submit" variant="default" loading={change.isPending}>
            Change
          </Button>
        </div>
        {failure ? (
          <Alert color="red" role="alert" mt="sm">
            {failure}
          </Alert>
        ) : null}
      </form>
      <p className={classes.sub} style={{ margin: "10px 0 0" }}>
        A change ends by itself, and with a restart. Default stands for all categories.
      </p>
    </Panel>
  );
}

function InForce({ cluster }: { cluster: Cluster }) {
  const rows = processesOf(cluster).flatMap((process) =>
    process.logLevels.map((level) => ({ level, process, silo: cluster.silos.find((one) => one.process?.name === process.name) })),
  );
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed" mb={12}>
        All is logged as the settings say.
      </Text>
    );
  }
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label="Log levels in force" style={{ marginBottom: 14 }}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">Ends</th>
            <th scope="col" data-minor="true">
              By
            </th>
            <th scope="col" data-minor="true">
              Where
            </th>
            <th scope="col">
              <span className="visually-hidden">End it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ level, process, silo }) => (
            <tr key={`${process.name} ${level.category}`}>
              <td style={{ overflowWrap: "anywhere" }}>
                {level.category}
                <div className={classes.sub}>{level.level}</div>
              </td>
              <td>
                <Ago at={level.endsAt} />
              </td>
              <td data-minor="true">{level.by}</td>
              <td data-minor="true">{silo?.name ?? processText(process.name)}</td>
              <td className="num">
                <End level={level} silo={silo?.address} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function End({ level, silo }: { level: RaisedLogLevel; silo?: string }) {
  const change = useChange(
    () => undefined,
    (error) => notifications.show({ color: "red", title: "Not done", message: asProblem(error).message }),
  );
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={change.isPending}
      aria-label={`End ${level.category}`}
      onClick={() => change.mutate({ category: level.category, level: level.level, minutes: 0, silo })}
    >
      End
    </Button>
  );
}
