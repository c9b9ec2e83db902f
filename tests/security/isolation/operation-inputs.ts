import { z } from "zod";
import type { Operation } from "@/lib/operations/define-operation";
import { type Belongings, type KnownField, knownFields, pagingFields } from "./known-fields";

/** A place in an operation's input where something of another tenant could be named. */
export type Swappable = { operation: Operation; field: string; known: KnownField };

type JsonObject = { properties?: Record<string, { enum?: unknown[] }>; required?: string[] };

// Fields that are optional by themselves, but without which nothing would be asked for.
const needed: Record<string, string[]> = {
  updateUser: ["name"],
  updateRole: ["name"],
  updatePolicy: ["auditRetentionDays"],
  previewPolicy: ["auditRetentionDays"],
  listAuditEvents: ["to"],
  createRateLimitExemption: ["userId"],
};

/** The names of an operation's fields, and which of them must be there. */
export function fieldsOf(operation: Operation): { names: string[]; required: string[] } {
  const { properties = {}, required = [] } = toJsonObject(operation);
  return { names: Object.keys(properties), required: [...required, ...(needed[operation.name] ?? [])] };
}

/** Fields of an operation that nobody has said how to fill. */
export function unknownFieldsOf(operation: Operation): string[] {
  return fieldsOf(operation).names.filter((name) => !pagingFields.includes(name) && !findKnown(operation, name));
}

/** An input of our tenant's own, complete and acceptable. */
export function ownInput(operation: Operation, all: Belongings): Record<string, unknown> {
  const { required } = fieldsOf(operation);
  const filled = required.map((name) => [name, findKnown(operation, name)?.own(all)]);
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
}

/** Every field of an operation that can name something. */
export function swappablesOf(operation: Operation): Swappable[] {
  return fieldsOf(operation).names.flatMap((field) => {
    const known = findKnown(operation, field);
    return known?.foreign ? [{ operation, field, known }] : [];
  });
}

/** The same input with one field swapped. */
export function withSwapped({ operation, field, known }: Swappable, all: Belongings, value: string) {
  const input = ownInput(operation, all);
  // What names the sessions of a revocation stands alone.
  if (operation.name === "revokeSessions") for (const other of ["sessionIds", "userId", "filter"]) delete input[other];
  return { ...input, [field]: known.wrap ? known.wrap(value) : value };
}

/** The orders of a list. */
export function sortsOf(operation: Operation): string[] {
  return (toJsonObject(operation).properties?.["sort"]?.enum ?? []).map(String);
}

function findKnown(operation: Operation, field: string): KnownField | undefined {
  return knownFields[`${operation.name}.${field}`] ?? knownFields[field];
}

// The part of the schema's JSON form that is read here; every input is an object.
function toJsonObject(operation: Operation): JsonObject {
  return z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as JsonObject;
}
