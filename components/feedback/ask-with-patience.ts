import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

/** After this long without an answer, a look that is repeated has failed. */
const PATIENCE_MS = 8000;

/** The answer of a server action, or the problem that there was none: it did not come in time, or not at all. */
export async function askWithPatience<Output>(
  read: () => Promise<ActionResult<Output>>,
  patienceMs = PATIENCE_MS,
): Promise<ActionResult<Output>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<ActionResult<Output>>((resolve) => {
    timer = setTimeout(() => resolve(notReached()), patienceMs);
  });
  try {
    return await Promise.race([read(), late]);
  } catch {
    return notReached();
  } finally {
    clearTimeout(timer);
  }
}

function notReached(): ActionResult<never> {
  return { ok: false, problem: { code: "UNREACHABLE", title: messages.destructive.unreachable } };
}
