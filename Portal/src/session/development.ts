/**
 * Whether this gateway hands out development tokens. Outside Development the route does not exist; asking with an
 * empty body creates nothing, and any answer but 404 or 405 means that the route is there.
 */
export async function developmentSignIn(): Promise<boolean> {
  const response = await fetch("/dev/token", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "portal" },
    body: "{}",
  });
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  return json && response.status !== 404 && response.status !== 405;
}
