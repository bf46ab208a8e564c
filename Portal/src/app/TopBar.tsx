import { Select } from "@mantine/core";
import { openSpotlight } from "@mantine/spotlight";
import { useMediaQuery } from "@mantine/hooks";
import { useLocation } from "wouter";
import { useSession } from "../session/session";
import { Icon } from "../ui/Icon";
import { AccountMenu } from "./AccountMenu";
import { useEcosystem } from "./ecosystem";
import classes from "./Frame.module.css";
import { LiveIndicator } from "./LiveIndicator";
import { pathTo } from "./routes";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function TopBar() {
  const session = useSession();
  const ecosystem = useEcosystem();
  const small = useMediaQuery("(max-width: 760px)");
  const [, navigate] = useLocation();
  return (
    <section className={classes.top} aria-label="Ecosystem, search and live state">
      <Select
        size="xs"
        w={small ? 150 : 220}
        aria-label="Ecosystem"
        value={ecosystem}
        data={session.ecosystems.map((e) => ({ value: e.id, label: e.title }))}
        onChange={(next) => next && next !== ecosystem && navigate(pathTo.board(next))}
        allowDeselect={false}
        comboboxProps={{ width: 260, position: "bottom-start" }}
      />
      <button type="button" className={classes.search} onClick={openSpotlight}>
        <Icon name="search" size={15} />
        <span>Search or jump to</span>
        <kbd aria-hidden="true">{isMac ? "⌘ K" : "Ctrl K"}</kbd>
      </button>
      <div className={classes.right}>
        <LiveIndicator />
        {small ? <AccountMenu /> : null}
      </div>
    </section>
  );
}
