import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/errors/app-error";
import type { RequestFacts } from "./http-server";
import { sendProblem } from "./send-problem";

/** Bytes of a request's body; no request of Gatehouse's needs more. The API bounds its JSON more tightly itself. */
const bodyBytesMax = 1_048_576;

/** Refuses a body that says it is too large, and watches one that does not say. Returns false when it has answered. */
export function limitBody(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): boolean {
  const declared = request.headers["content-length"];
  if (declared !== undefined) {
    if (Number(declared) <= bodyBytesMax) return true;
    refuse(response, facts);
    return false;
  }
  if (request.headers["transfer-encoding"] !== undefined) watchBody(request, response, facts);
  return true;
}

// A listener for the data would set the stream flowing before its reader is there, so the emitting is watched instead.
function watchBody(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): void {
  const emit = request.emit.bind(request);
  let bytes = 0;
  request.emit = (event: string | symbol, ...values: unknown[]) => {
    const chunk = values[0];
    if (event === "data" && (Buffer.isBuffer(chunk) || typeof chunk === "string")) bytes += chunk.length;
    if (bytes <= bodyBytesMax || event !== "data") return emit(event, ...values);
    if (!response.headersSent) refuse(response, facts);
    request.destroy();
    return false;
  };
}

// The rest of the body is not read: the connection ends with the answer.
function refuse(response: ServerResponse, facts: RequestFacts): void {
  const error = new AppError("TOO_LARGE", "The request's body is larger than 1 MiB.");
  sendProblem(response, error, { ...facts, headers: [...facts.headers, "connection", "close"] });
}
