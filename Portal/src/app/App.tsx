import { Center, Loader, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "../api/problem";
import { SessionContext, useOpenSession, useSessionQuery } from "../session/session";
import { SignIn } from "../session/SignIn";
import { Failure } from "../ui/States";
import { Pages } from "./Pages";
import { createQueryClient } from "./queries";
import { theme } from "./theme";

export function App({ linkKey }: { linkKey: string | null }) {
  const [client] = useState(createQueryClient);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Notifications position="bottom-right" limit={4} />
        <Door linkKey={linkKey} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Decides between the sign-in and the pages; a key from a sign-in link is used once, before anything is shown. */
function Door({ linkKey }: { linkKey: string | null }) {
  const open = useOpenSession();
  const used = useRef(false);
  const [linkDone, setLinkDone] = useState(linkKey === null);
  const session = useSessionQuery();

  useEffect(() => {
    if (linkKey === null || used.current) return;
    used.current = true;
    open.mutate({ key: linkKey }, { onSettled: () => setLinkDone(true) });
  }, [linkKey, open]);

  if (!linkDone || session.isPending) {
    return (
      <Center mih="100dvh">
        <Loader aria-label="Opening the session" />
      </Center>
    );
  }
  if (session.isError) {
    return (
      <Center mih="100dvh" p="md">
        <Failure error={session.error} retry={() => void session.refetch()} title="The portal cannot start" />
      </Center>
    );
  }
  if (session.data === null) return <SignIn failure={open.error ? asProblem(open.error) : null} />;
  return (
    <SessionContext value={session.data}>
      <Pages />
    </SessionContext>
  );
}
