import { z } from "zod";
import { clientAddressObservations } from "./observations";

const kept = z.object({ at: z.iso.datetime(), observations: clientAddressObservations });

/** Reads what was kept; null where there is nothing, or nothing that this version understands. */
export function readLastObservations(text: string | null): z.output<typeof kept> | null {
  if (text === null) return null;
  try {
    return kept.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
