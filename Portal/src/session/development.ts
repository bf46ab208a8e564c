/**
 * Whether this gateway hands out development tokens. It is asked with an empty body, which creates nothing: where the
 * route exists, it answers that the body lacks something. Outside Development it does not, and the answer is 401 or 404.
 */
export async function developmentSignIn(): Promise<boolean> {
  const response = await fetch("/dev/token", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "portal" },
    body: "{}",
  });
  return response.status === 400;
}
