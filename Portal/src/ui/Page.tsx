import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { Icon } from "./Icon";
import classes from "./Page.module.css";

interface Props {
  title: string;
  /** The page this one belongs to. */
  back?: { href: string; label: string };
  aside?: ReactNode;
  children: ReactNode;
}

/** A page with its heading; the content below scrolls with it. */
export function Page({ title, back, aside, children }: Props) {
  return (
    <div className={classes.page}>
      {back ? (
        <Link href={back.href} className={classes.back}>
          <Icon name="left" size={13} />
          {back.label}
        </Link>
      ) : null}
      <div className={classes.head}>
        <Title order={1} size="h3" className={classes.title}>
          {title}
        </Title>
        {aside}
      </div>
      {children}
    </div>
  );
}

/** A titled surface on a page. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.panel} aria-label={title}>
      <div className={classes.panelHead}>
        <h2 className={classes.panelTitle}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** State on the left, history on the right; one below the other on a small screen. */
export function TwoSides({ left, right }: { left: ReactNode; right: ReactNode }) {
  return (
    <div className={classes.sides}>
      <div className={classes.side}>{left}</div>
      <div className={classes.side}>{right}</div>
    </div>
  );
}
