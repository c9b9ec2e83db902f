import type { Credential, End, Entry, History, Span } from "../model/history";

/** What an end of sessions means for a credential: it `must` be dead after it, it `may` be, or it is not concerned. */
export type Reach = "must" | "may" | "none";

/** The ends that can concern a credential at all, found without looking through the others. */
export type EndIndex = (credential: Credential, entries: readonly Entry[]) => End[];

/** Sorts the ends by what they name. */
export function indexEnds({ ends }: Pick<History, "ends">): EndIndex {
  const byName = new Map<string, End[]>();
  for (const end of ends) {
    if (end.outcome === "none") continue;
    for (const name of namesOf(end)) {
      const list = byName.get(name);
      if (list) list.push(end);
      else byName.set(name, [end]);
    }
  }
  return (credential, entries) => {
    const tenants = new Set([credential.homeTenantId, ...entries.map(({ tenantId }) => tenantId)]);
    const names = [
      "platform",
      `credential:${credential.id}`,
      `block:${credential.block}`,
      ...credential.userIds.map((userId) => `user:${userId}`),
      ...[...tenants].map((tenantId) => `tenant:${tenantId}`),
    ];
    return names.flatMap((name) => byName.get(name) ?? []);
  };
}

function namesOf({ coverage }: End): string[] {
  switch (coverage.kind) {
    case "credentials":
      return coverage.credentialIds.map((id) => `credential:${id}`);
    case "user":
      return [`user:${coverage.userId}`];
    case "tenant":
      return [`tenant:${coverage.tenantId}`];
    case "block":
      return [`block:${coverage.block}`];
    case "platform":
      return ["platform"];
  }
}

/**
 * How far an end reaches a credential. `must` only where it did so whatever the order of what ran side by side: the end
 * was acknowledged, and the credential was there, and in its place, before the end was asked for and until its answer.
 */
export function reachOf(end: End, credential: Credential, entries: readonly Entry[]): Reach {
  if (end.outcome === "none" || end.except.includes(credential.id)) return "none";
  if (credential.created.invoked > end.returned) return "none";
  const place = placeReach(end, credential, entries);
  if (place !== "must" || end.outcome !== "done") return place === "none" ? "none" : "may";
  return credential.created.returned <= end.pinned ? "must" : "may";
}

function placeReach(end: End, credential: Credential, entries: readonly Entry[]): Reach {
  const { coverage } = end;
  switch (coverage.kind) {
    case "credentials":
      return coverage.credentialIds.includes(credential.id) ? "must" : "none";
    case "user":
      if (!credential.userIds.includes(coverage.userId)) return "none";
      return coverage.tenantId === null ? "must" : activity(coverage.tenantId, end, entries);
    case "tenant":
      if (credential.homeTenantId === coverage.tenantId) return "must";
      return activity(coverage.tenantId, end, entries);
    case "block":
      return credential.block === coverage.block ? "must" : "none";
    case "platform":
      return "must";
  }
}

/** Whether a session was active in a tenant throughout a span, perhaps at some time in it, or not at all. */
export function activity(tenantId: string, span: Span, entries: readonly Entry[]): Reach {
  const begun = entries.filter(({ invoked }) => invoked <= span.returned);
  const possible = begun.filter((entry) => entry.tenantId === tenantId && !isSuperseded(entry, begun, span));
  if (possible.length === 0) return "none";
  const isCertain = possible.some((entry) => entry.isSure && entry.returned <= span.invoked && isLast(entry, begun));
  return isCertain ? "must" : "may";
}

// Another entry came wholly after this one and had been answered before the span began.
function isSuperseded(entry: Entry, entries: readonly Entry[], span: Span): boolean {
  return entries.some(
    (later) => later.isSure && later.invoked >= entry.returned && later.returned <= span.invoked && later !== entry,
  );
}

function isLast(entry: Entry, entries: readonly Entry[]): boolean {
  return entries.every((other) => other.tenantId === entry.tenantId || other.returned <= entry.invoked);
}
