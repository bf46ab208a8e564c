import { Button, Group, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Endpoint, Notification } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { FormEnd } from "../ui/FormEnd";
import { Panel } from "../ui/Page";
import { SecretOnce } from "../webhooks/SecretOnce";
import { EditEndpoint } from "./EditEndpoint";
import { endpointKey } from "./endpointKey";
import { advice } from "./words";

/** What can be done with an endpoint now, for those who may. */
export function EndpointActions({ endpoint }: { endpoint: Endpoint }) {
  const session = useSession();
  const ecosystem = useEcosystem();
  const shownAt = endpointKey(ecosystem, endpoint.id);
  const change = useCommand<Endpoint>({ shownAt });
  const test = useCommand<Notification>({
    stale: [[...shownAt]],
    done: () => notifications.show({ color: "silo", message: "A test event is on its way; the log tells its answer." }),
  });
  if (!may.manage(session) || endpoint.status === "deleted") return null;
  const path = (action: string) => inside(ecosystem, "endpoints", endpoint.id, action);
  return (
    <Panel title="What can be done">
      <Group gap={8}>
        <EditEndpoint endpoint={endpoint} />
        {endpoint.status === "disabled" ? null : (
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate({ path: path("test") })}>
            Send a test event
          </Button>
        )}
        <Rotate endpoint={endpoint} />
        {endpoint.status === "disabled" ? null : (
          <Confirm action="Disable" busy={change.isPending} confirm={() => change.mutate({ path: path("disable") })}>
            Nothing is sent until it is resumed; then it is told what happened meanwhile.
          </Confirm>
        )}
        <Confirm action="Delete" busy={change.isPending} confirm={() => change.mutate({ path: path("delete") })}>
          Nothing more is sent, and what is waiting is cancelled. This cannot be undone.
        </Confirm>
      </Group>
    </Panel>
  );
}

/** The longest overlap the gateway takes: 31 days. */
const overlapHoursMax = 744;

function Rotate({ endpoint }: { endpoint: Endpoint }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Rotate the secret
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Rotate the secret"
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <RotateForm endpoint={endpoint} close={close} />
      </Modal>
    </>
  );
}

function RotateForm({ endpoint, close }: { endpoint: Endpoint; close: () => void }) {
  const ecosystem = useEcosystem();
  const [hours, setHours] = useState<number | string>(24);
  const [failure, setFailure] = useState<string | null>(null);
  const rotate = useCommand<Endpoint>({
    stale: [[...endpointKey(ecosystem, endpoint.id)]],
    refused: (error) => setFailure(asProblem(error).message),
  });
  if (rotate.data) {
    return <SecretOnce secret={rotate.data.secret ?? ""} url={rotate.data.url} advice={advice} close={close} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    if (hours === "") return setFailure("Say for how many hours the old secret signs too.");
    const path = inside(ecosystem, "endpoints", endpoint.id, "rotate");
    rotate.mutate({ path, body: { overlapHours: Number(hours) } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">
          A new secret is made. For the overlap notifications are signed with both, so that the receiver can change over
          without a gap.
        </Text>
        <NumberInput
          label="Overlap in hours"
          min={0}
          max={overlapHoursMax}
          allowDecimal={false}
          value={hours}
          onChange={setHours}
          data-autofocus
        />
        <FormEnd failure={failure} action="Rotate" busy={rotate.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
