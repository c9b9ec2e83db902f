import type { RateLimitSubject } from "@/lib/rate-limit-monitor/schemas";
import { shortenMiddle } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits;

/** The name of a rule for people. */
export const ruleName = (rule: string): string => text.rule[rule] ?? rule;

/**
 * The account that a row is about, or whose session or key it is. An address, a path or a tenant is nobody's account, even
 * where the row names the one that was tried last.
 */
export const accountOf = ({ dimension, user }: RateLimitSubject): RateLimitSubject["user"] =>
  dimension === "account" || dimension === "caller" || dimension === "caller-operation" ? user : null;

/**
 * Whom a row is about, in a few words: the account's or tenant's name, an address, a path, or a shortened id; with the
 * operation, where it is about one.
 */
export function subjectName(subject: RateLimitSubject): string {
  const { label, operation } = subject;
  if (operation === null) return whoOf(subject);
  return text.operationOf(operation, whoOf({ ...subject, label: label.slice(0, -operation.length - 1) }));
}

function whoOf(subject: RateLimitSubject): string {
  const { dimension, label, tenant } = subject;
  const user = accountOf(subject);
  if (user) return user.name || user.email || label;
  if (dimension === "tenant" && tenant) return tenant.name;
  const isCaller = dimension === "caller" || dimension === "caller-operation";
  return isCaller || isId(label) ? shortenMiddle(label) : label;
}

// Of an account that the scope may not name, there is the id only.
const isId = (label: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(label);

/** What stands below the name: the account's address, or what kind of thing it is. */
export function subjectNote(subject: RateLimitSubject): string {
  const { dimension } = subject;
  const user = accountOf(subject);
  if (user?.name && user.email) return user.email;
  return text.dimension[dimension] ?? dimension;
}

/** Where more is known of whom a row is about, as places within the scope; absent where there is nothing. */
export function subjectPlaces(subject: RateLimitSubject) {
  const { dimension, label } = subject;
  const user = accountOf(subject);
  if (user) {
    return {
      account: `/users/${user.id}`,
      sessions: `/sessions?${new URLSearchParams({ userId: user.id })}`,
      audit: `/audit?${new URLSearchParams({ target: user.id })}`,
    };
  }
  if (dimension !== "address") return {};
  const query = new URLSearchParams({ ip: label });
  return { sessions: `/sessions?${query}`, audit: `/audit?${query}` };
}

/** The chart of a rule, as a place within the scope. */
export const chartPlace = (rule: string): string => `/rate-limits?${new URLSearchParams({ rule })}`;
