import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { Session } from "../api/types";
import { sessionKey, takeOver } from "./session";

const session = { role: "viewer", ecosystems: [] } as unknown as Session;

test("who signed in stays signed in when the question asked before is answered late", async () => {
  const client = new QueryClient();
  let answer: (nobody: null) => void = () => undefined;
  const late = new Promise<null>((resolve) => (answer = resolve));
  const asked = client.fetchQuery({ queryKey: sessionKey, queryFn: () => late }).catch(() => undefined);

  await takeOver(client, session);
  answer(null);
  await asked;
  await late;

  expect(client.getQueryData(sessionKey)).toEqual(session);
});

test("what was fetched for somebody else is forgotten", async () => {
  const client = new QueryClient();
  client.setQueryData(["list"], "theirs");

  await takeOver(client, session);

  expect(client.getQueryData(["list"])).toBeUndefined();
});
