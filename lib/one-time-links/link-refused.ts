import { AppError } from "@/lib/errors/app-error";

/** What a link that cannot be used is answered: `INVALID_INPUT` of its token, by which pages tell it from other refusals. */
export function linkRefused(message: string): AppError {
  return new AppError("INVALID_INPUT", message, { errors: [{ path: "token", message }] });
}
