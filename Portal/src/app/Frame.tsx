import { useEffect, useState, type ReactNode } from "react";
import { LiveBoard } from "../board/LiveBoard";
import { LiveContext } from "../board/live";
import { useEcosystem } from "./ecosystem";
import classes from "./Frame.module.css";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";

/** What stays around every page: the rail, the bar on top and the live connection. */
export function Frame({ children }: { children: ReactNode }) {
  const ecosystem = useEcosystem();
  const [live] = useState(() => new LiveBoard());

  useEffect(() => {
    const offline = () => live.offline();
    const online = () => live.online();
    window.addEventListener("offline", offline);
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("offline", offline);
      window.removeEventListener("online", online);
      live.stop();
    };
  }, [live]);

  return (
    <LiveContext value={live}>
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <div className={classes.frame}>
        <Rail />
        <div className={classes.main}>
          <TopBar />
          <main id="content" className={classes.content} tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
      <Palette key={ecosystem} />
    </LiveContext>
  );
}
