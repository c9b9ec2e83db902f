import type { FieldError } from "@/lib/errors/app-error";

/**
 * How a call ended: with the answer, or with a problem to show. `retryAfterSeconds` is set where waiting helps, `limit`
 * names the limit that refused.
 */
export type AuthResult<Answer> =
  | { ok: true; data: Answer }
  | {
      ok: false;
      status: number;
      code: string;
      detail: string;
      errors: FieldError[];
      retryAfterSeconds: number | null;
      limit: string | null;
    };

type Done = { status: boolean };

/** Signs in; the session is in a cookie that scripts cannot read. */
export function signIn(body: { email: string; password: string; rememberMe?: boolean }) {
  return post<{ user: { id: string; email: string; name: string } }>("/sign-in/email", body);
}

/** Ends this browser's session. */
export function signOut() {
  return post<{ success: boolean }>("/sign-out", {});
}

/** Asks for a mail with a link; the answer is the same for every address. */
export function requestPasswordReset(body: { email: string }) {
  return post<Done>("/request-password-reset", body);
}

/** Chooses a new password by the link's token; every session of the account ends. */
export function resetPassword(body: { token: string; newPassword: string }) {
  return post<Done>("/reset-password", body);
}

/** Makes the first owner by the one-time link's token. */
export function setUpOwner(body: { token: string; email: string; name: string; password: string }) {
  return post<{ id: string; email: string; name: string }>("/set-up", body);
}

/** Where somebody is now a member, as what, and which roles the inviter could no longer give. */
export type AcceptedInvitation = { tenant: { slug: string; name: string }; roles: string[]; withheld: string[] };

/** Accepts an invitation by its link's token: as whoever is signed in, or as somebody new with a name and a password. */
export function acceptInvitation(body: { invitationId: string; token: string; name?: string; password?: string }) {
  return post<AcceptedInvitation>("/accept-invitation", body);
}

/** Ends the sign-in that a mail was about, by its link's token, and has a reset mail sent. */
export function disownSession(body: { token: string }) {
  return post<{ ended: number; resetSent: boolean; email: string }>("/disown-session", body);
}

/** Unlocks the account that a mail about a lock was sent to, by its link's token; this browser is known to it from then on. */
export function unlockSignIn(body: { token: string }) {
  return post<{ email: string }>("/unlock", body);
}

/** Takes the cookie of a session that is over out of the browser. */
export function forgetSession() {
  return post<Done>("/forget-session", {});
}

async function post<Answer>(path: string, body: object): Promise<AuthResult<Answer>> {
  try {
    const response = await fetch(`/api/auth${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return { ok: true, data: await readAnswer<Answer>(response) };
    return { ok: false, ...(await readProblem(response)) };
  } catch {
    return {
      ok: false,
      status: 0,
      code: "UNAVAILABLE",
      detail: unreachable,
      errors: [],
      retryAfterSeconds: null,
      limit: null,
    };
  }
}

const unreachable = "Gatehouse cannot be reached. Check the connection, then try again.";

// The server's answers are ours; their shape is what each function above says.
async function readAnswer<Answer>(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}

async function readProblem(response: Response) {
  const problem = await readAnswer<{ code?: string; detail?: string; errors?: FieldError[] }>(response).catch(
    () => null,
  );
  const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return {
    status: response.status,
    code: problem?.code ?? "INTERNAL",
    detail: problem?.detail ?? unreachable,
    errors: problem?.errors ?? [],
    retryAfterSeconds: Number.isFinite(wait) ? wait : null,
    limit: /^"([\w-]+)"/.exec(response.headers.get("RateLimit-Policy") ?? "")?.[1] ?? null,
  };
}
