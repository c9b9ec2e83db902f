import { AppError } from "@/lib/errors/app-error";

/** Bytes that a request's body may have. */
export const bodyBytesMax = 64 * 1024;

/**
 * The JSON object in a request's body; `{}` for no body. Throws `TOO_LARGE` beyond 64 KiB, `INVALID_INPUT` for anything
 * but UTF-8 JSON whose outermost value is an object.
 */
export async function readJsonBody(request: Request): Promise<Record<string, unknown>> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  assertJsonType(request.headers.get("content-type"));
  const body = parseJson(bytes);
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw refuse("The body must be a JSON object.");
  return Object.fromEntries(Object.entries(body));
}

async function readBytes(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytesMax) throw tooLarge();
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    length += step.value.length;
    if (length > bodyBytesMax) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(step.value);
  }
  return Buffer.concat(chunks);
}

// Another type could be sent by a plain form of a foreign page, without the browser asking first.
function assertJsonType(contentType: string | null): void {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw refuse("Send the body with Content-Type: application/json.");
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw refuse("The body is not well-formed JSON in UTF-8.", cause);
  }
}

function refuse(message: string, cause?: unknown): AppError {
  return new AppError("INVALID_INPUT", message, { cause });
}

function tooLarge(): AppError {
  return new AppError("TOO_LARGE", `A body may have at most ${bodyBytesMax / 1024} KiB.`);
}
