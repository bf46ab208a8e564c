import { Link, useLocation } from "wouter";
import { useSession } from "../session/session";
import { Icon } from "../ui/Icon";
import { Logo } from "../ui/Logo";
import { AccountMenu } from "./AccountMenu";
import { useEcosystem } from "./ecosystem";
import classes from "./Frame.module.css";
import { pathTo, railOf } from "./routes";

/** The pages; a bar at the bottom on a small screen. */
export function Rail() {
  const session = useSession();
  const ecosystem = useEcosystem();
  const [path] = useLocation();
  return (
    <div className={classes.rail}>
      <nav aria-label="Pages">
        <Link href={pathTo.board(ecosystem)} className={classes.brand}>
          <Logo size={24} />
          EcosystemSilo
        </Link>
        <ul className={classes.links}>
          {railOf(session, ecosystem).map((entry) => (
            <li key={entry.path}>
              <Link
                href={entry.path}
                className={classes.link}
                aria-current={path === entry.path || path.startsWith(`${entry.path}/`) ? "page" : undefined}
              >
                <Icon name={entry.icon} size={18} />
                {entry.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={classes.who}>
        <AccountMenu wide />
      </div>
    </div>
  );
}
