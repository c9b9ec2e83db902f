import { z } from "zod";
import { type CursorBinding, decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { newId } from "@/lib/db/new-id";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { previewSeconds } from "./preview-schemas";
import type { SessionFilter } from "./session-filter";

/** What a preview was of: the moment it was taken, RFC 3339 with milliseconds, and an id that no other preview has. */
export type PreviewedMoment = { asOf: string; previewId: string };

const position = z.strictObject({ asOf: z.iso.datetime(), previewId: z.uuid() });

/** A token for whoever asks, in this scope, with this filter, and for nobody and nothing else. */
export function encodePreview(ctx: RequestContext, filter: SessionFilter, asOf: string): string {
  return encodeCursor(bindingOf(ctx, filter), { asOf, previewId: newId() });
}

/** Until when a preview of this moment may be acted on. */
export function previewExpiry(asOf: string): Date {
  return new Date(Date.parse(asOf) + previewSeconds * 1_000);
}

/** The moment in a preview's token. Throws `INVALID_INPUT` for one that has run out, was altered or is another's. */
export function decodePreview(ctx: RequestContext, filter: SessionFilter, token: string): PreviewedMoment {
  const previewed = read(bindingOf(ctx, filter), token);
  if (previewExpiry(previewed.asOf).getTime() > Date.now()) return previewed;
  throw refuse("This preview has run out. Preview the filter again, then end what it shows.", "It has run out.");
}

function read(binding: CursorBinding, token: string): PreviewedMoment {
  try {
    return decodeCursor(binding, token, position);
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw refuse(
      "This preview belongs to another filter, scope or person. Preview the filter again.",
      "Not a preview of this filter, in this scope, by this caller.",
    );
  }
}

function bindingOf({ scope, actor }: RequestContext, filter: SessionFilter): CursorBinding {
  const filters = { filter, actorType: actor.type, actorId: actor.id };
  return { name: "previewRevocation", scope: toScope(scope), filters, sort: "" };
}

// A tenant may get another slug while its preview is read.
function toScope(scope: RequestContext["scope"]): CursorBinding["scope"] {
  return scope.kind === "tenant" ? { kind: scope.kind, tenantId: scope.tenantId } : { kind: scope.kind };
}

function refuse(message: string, reason: string): AppError {
  return new AppError("INVALID_INPUT", message, { errors: [{ path: "previewToken", message: reason }] });
}
