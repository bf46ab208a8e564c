import { Button, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { inside, post } from "../api/client";
import type { Source } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { Failure } from "../ui/States";
import { SecretOnce } from "./SecretOnce";

/** The longest overlap the gateway takes: 31 days. */
const overlapHoursMax = 744;

/** Makes a new secret for a source while the old one stays valid for a time. */
export function Rotate({ source, close }: { source: Source; close: () => void }) {
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const [hours, setHours] = useState<number | string>(24);
  const [secret, setSecret] = useState("");
  const rotate = useMutation({
    mutationFn: () => post<Source>(inside(ecosystem, "sources", source.id, "rotate"), {
      overlapHours: Number(hours),
      ...(secret.trim() ? { secret: secret.trim() } : {}),
    }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["list"] }),
  });
  if (rotate.data) return <SecretOnce secret={rotate.data.secret ?? ""} url={rotate.data.url} close={close} />;
  return (
    <Stack>
      <Text size="sm">
        A new secret is made. The old one stays valid for the overlap, so that the sender can change over without a gap.
      </Text>
      <NumberInput
        label="Overlap in hours"
        min={0}
        max={overlapHoursMax}
        value={hours}
        onChange={setHours}
        allowDecimal={false}
        data-autofocus
      />
      <TextInput
        label="Secret of the sender"
        description="Only where the sender chooses it; made for you when empty."
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      {rotate.isError ? <Failure error={rotate.error} title="Not rotated" /> : null}
      <Button onClick={() => rotate.mutate()} loading={rotate.isPending} disabled={hours === ""}>
        Rotate
      </Button>
    </Stack>
  );
}
