/** The product's mark: a silo's cell with four phases rising in it. */
export function Logo({ size = 28 }: { size?: number }) {
  return <img src="/icon.svg" width={size} height={size} alt="" />;
}
