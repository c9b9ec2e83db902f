import type { ServerResponse } from "node:http";
import { noStore, problemHeaders, toProblem } from "@/lib/http/problem";
import type { RequestFacts } from "./http-server";

const fixedHeaders = [...Object.entries(noStore).flat(), "Content-Type", "application/problem+json"];

/** Answers an error as an RFC 9457 problem on Node's own response, without the detour over a `Response`. */
export function sendProblem(response: ServerResponse, error: unknown, facts: RequestFacts): void {
  const problem = toProblem(error, facts.requestId);
  const body = JSON.stringify(problem);
  const headers = [...facts.headers, ...fixedHeaders, "Content-Length", String(Buffer.byteLength(body))];
  for (const [name, value] of Object.entries(problemHeaders(error))) headers.push(name, value);
  response.writeHead(problem.status, headers);
  response.end(body);
}

/** Answers a `Response` that has been made in full. */
export async function sendResponse(response: ServerResponse, made: Response, facts: RequestFacts): Promise<void> {
  const body = Buffer.from(await made.arrayBuffer());
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < facts.headers.length; index += 2) {
    headers.set((facts.headers[index] ?? "").toLowerCase(), facts.headers[index + 1] ?? "");
  }
  for (const [name, value] of made.headers) headers.set(name, value);
  headers.set("content-length", String(body.length));
  response.writeHead(made.status, [...headers].flat());
  response.end(body);
}
