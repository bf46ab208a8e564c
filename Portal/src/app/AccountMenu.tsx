import { ActionIcon, Avatar, Menu, SegmentedControl, Text, useMantineColorScheme } from "@mantine/core";
import { roleNames } from "../session/roles";
import { useCloseSession, useSession } from "../session/session";
import { Icon } from "../ui/Icon";
import classes from "./Frame.module.css";

/** Who is signed in, how the portal looks, and the way out. */
export function AccountMenu({ wide }: { wide?: boolean }) {
  const session = useSession();
  const close = useCloseSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const letters = session.name.slice(0, 2).toUpperCase();
  return (
    <Menu width={240} position={wide ? "top-start" : "bottom-end"} withinPortal>
      <Menu.Target>
        {wide ? (
          <button type="button" className={classes.whoButton}>
            <Avatar size={28} radius="md" color="silo" variant="filled">
              {letters}
            </Avatar>
            <span className={classes.whoText}>
              <span>{session.name}</span>
              <span className="faint">{roleNames[session.role]}</span>
            </span>
          </button>
        ) : (
          <ActionIcon variant="default" size={30} aria-label="Account and appearance">
            <Icon name="menu" size={16} />
          </ActionIcon>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.name} · {roleNames[session.role]}
        </Menu.Label>
        <div style={{ padding: "4px 8px 8px" }}>
          <Text size="xs" c="dimmed" mb={4} id="appearance">
            Appearance
          </Text>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="appearance"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as typeof colorScheme)}
            data={[
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
              { value: "auto", label: "Auto" },
            ]}
          />
        </div>
        <Menu.Divider />
        <Menu.Item component="a" href="/docs" leftSection={<Icon name="book" size={15} />}>
          API reference
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" size={15} />} onClick={() => close.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
