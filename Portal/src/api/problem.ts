/** One field that the gateway refused, with a sentence for the person who filled it in. */
export interface FieldError {
  field?: string | null;
  code: string;
  message: string;
}

/** Why a request did not succeed: a stable code, a sentence, and the fields at fault. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly correlation: string | undefined;
  readonly errors: FieldError[];

  constructor(status: number, code: string, message: string, errors: FieldError[] = [], correlation?: string) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.correlation = correlation;
  }

  /** The message for each field, so that a form can show it where it belongs. */
  byField(): Record<string, string> {
    return Object.fromEntries(this.errors.filter((e) => e.field).map((e) => [e.field, e.message]));
  }
}

interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  field?: string | null;
  correlation?: string;
  errors?: FieldError[] | null;
}

/** Reads a problem document; a body that is not one still becomes a problem with the status as its code. */
export function toProblem(status: number, body: string): Problem {
  let parsed: ProblemBody = {};
  try {
    parsed = JSON.parse(body) as ProblemBody;
  } catch {
    // A proxy answered in place of the gateway; its page says nothing a person could use.
    return new Problem(status, `http-${status}`, `The server answered ${status} without an explanation.`);
  }
  const code = parsed.code ?? `http-${status}`;
  const message = parsed.detail ?? parsed.title ?? `The server answered ${status}.`;
  const errors = parsed.errors ?? (parsed.field ? [{ field: parsed.field, code, message }] : []);
  return new Problem(status, code, message, errors, parsed.correlation);
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Problem(0, "portal.unexpected", message);
}
