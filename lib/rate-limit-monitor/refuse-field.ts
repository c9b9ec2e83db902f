import { AppError } from "@/lib/errors/app-error";

/** An `INVALID_INPUT` about one field. */
export function refuseField(path: string, message: string): AppError {
  return new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: [{ path, message }],
  });
}
