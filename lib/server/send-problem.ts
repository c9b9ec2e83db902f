import type { ServerResponse } from "node:http";
import { problemResponse } from "@/lib/http/problem";

/** Answers an error as an RFC 9457 problem on Node's own response. */
export function sendProblem(response: ServerResponse, error: unknown, requestId: string): void {
  sendResponse(response, problemResponse(error, requestId)).catch(() => response.destroy());
}

/** Answers a `Response` that has been made in full. */
export async function sendResponse(response: ServerResponse, made: Response): Promise<void> {
  const body = Buffer.from(await made.arrayBuffer());
  for (const [name, value] of made.headers) response.setHeader(name, value);
  response.setHeader("Content-Length", body.length);
  response.writeHead(made.status);
  response.end(body);
}
