import { Problem, toProblem } from "./problem";

type Query = Record<string, string | number | boolean | null | undefined>;

/** Called once when the session turns out to have ended, so that the sign-in page can take over. */
let onSessionEnded: () => void = () => undefined;

export function whenSessionEnds(listener: () => void) {
  onSessionEnded = listener;
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "" && value !== false) search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

async function send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        // The cookie alone does not authorise a change; this header cannot be sent by a foreign page.
        ...(method === "GET" ? {} : { "X-Requested-With": "portal" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, "portal.unreachable", "The server cannot be reached. Check the connection and try again.");
  }
  const text = await response.text();
  if (!response.ok) {
    const problem = toProblem(response.status, text);
    if (response.status === 401 && path !== "/api/session") onSessionEnded();
    throw problem;
  }
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, query?: Query) => send<T>("GET", withQuery(path, query));

export const remove = <T>(path: string) => send<T>("DELETE", path);

export const put = <T>(path: string, body: unknown) => send<T>("PUT", path, body);

/** Every command carries a key of its own, so that a repeated request is recognised and not done twice. */
export const post = <T>(path: string, body: unknown = {}) =>
  send<T>("POST", path, body, { "Idempotency-Key": newKey() });

/** The address of something inside an ecosystem; every part is encoded. */
export const inside = (ecosystem: string, ...parts: string[]) =>
  ["/api", ecosystem, ...parts].map((p, i) => (i === 0 ? p : encodeURIComponent(p))).join("/");
