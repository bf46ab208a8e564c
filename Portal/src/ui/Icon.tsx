import { iconPaths, type IconName } from "./iconPaths";

/** A line icon in the text's colour. It is decoration: the words beside it, or the label around it, carry the meaning. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: "none" }}
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}
