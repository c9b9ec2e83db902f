/** An answer of the server, read to its end. */
export type PlantedAnswer = { path: string; status: number; text: string; headers: string };

type Call = { method?: string; body?: unknown; headers?: Record<string, string> };

/** A browser that keeps its session cookie, and remembers everything that it was answered. */
export function makePlantedBrowser(url: string, seen: PlantedAnswer[]) {
  let cookie: string | null = null;

  const call = async (path: string, { method = "GET", body, headers = {} }: Call = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: "manual",
      headers: {
        origin: url,
        ...(cookie === null ? {} : { cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie().find((line) => line.startsWith("gatehouse.session="));
    if (set) cookie = set.split(";")[0] ?? null;
    // A new session is told to its own browser, and to nobody else.
    const told = [...response.headers].filter(([name]) => name !== "set-cookie").map((header) => header.join(": "));
    const answer = { path, status: response.status, text: await response.text(), headers: told.join("\n") };
    seen.push(answer);
    return answer;
  };

  return {
    call,
    get: (path: string) => call(path),
    post: (path: string, body: unknown, headers?: Record<string, string>) =>
      call(path, { method: "POST", body, ...(headers ? { headers } : {}) }),
    signIn: (email: string, password: string) =>
      call("/api/auth/sign-in/email", { method: "POST", body: { email, password } }),
    /** The session cookie's value, as the browser sends it. */
    cookieValue: () => cookie?.split("=")[1] ?? "",
  };
}

/** A browser that remembers. */
export type PlantedBrowser = ReturnType<typeof makePlantedBrowser>;
