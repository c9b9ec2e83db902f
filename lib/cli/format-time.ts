import { formatRelative } from "@/lib/ui/format";

/** A moment as it is shown in a table: as seen from now. */
export const relative = (time: string | null): string | null =>
  time === null ? null : formatRelative(Date.parse(time), Date.now());

/** A moment as it is shown in a document: exact, and as seen from now. */
export const exact = (time: string | null): string | null =>
  time === null ? null : `${time.slice(0, 19).replace("T", " ")} UTC (${relative(time)})`;
