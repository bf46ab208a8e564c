import { Alert, Button, Stack, Text } from "@mantine/core";
import { inside } from "../api/client";
import type { Endpoint } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Ago } from "../ui/Ago";
import { Icon } from "../ui/Icon";
import { endpointKey } from "./endpointKey";
import { troubleOf } from "./words";

/** Why nothing comes through, since when, and the one click by which it goes on; nothing while all is well. */
export function Trouble({ endpoint }: { endpoint: Endpoint }) {
  const session = useSession();
  const ecosystem = useEcosystem();
  const resume = useCommand<Endpoint>({ stale: [[...endpointKey(ecosystem, endpoint.id)]] });
  const trouble = troubleOf(endpoint);
  if (!trouble) return null;
  if (endpoint.status !== "disabled") {
    return (
      <Alert color="yellow" variant="light" icon={<Icon name="alert" />} title="Every attempt fails at present">
        {endpoint.failingSince ? (
          <>
            The first one failed <Ago at={endpoint.failingSince} />. After five days of it the endpoint is disabled.
          </>
        ) : null}
      </Alert>
    );
  }
  return (
    <Alert color="red" variant="light" icon={<Icon name="pause" />} title="Disabled: nothing is sent">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {trouble}{" "}
          {endpoint.disabledAt ? (
            <>
              That was <Ago at={endpoint.disabledAt} />.{" "}
            </>
          ) : null}
          Resumed, it is told what waited, what was given up and what happened meanwhile.
        </Text>
        {may.manage(session) ? (
          <Button
            leftSection={<Icon name="play" size={15} />}
            loading={resume.isPending}
            onClick={() => resume.mutate({ path: inside(ecosystem, "endpoints", endpoint.id, "enable") })}
          >
            Resume
          </Button>
        ) : null}
      </Stack>
    </Alert>
  );
}
