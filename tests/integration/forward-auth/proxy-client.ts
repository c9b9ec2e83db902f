import { request } from "node:http";
import { connect } from "node:net";

/** An answer, read to its end. */
export type ProxyAnswer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

type Call = { method?: string; headers?: Record<string, string | string[]>; body?: string };

/** Sends a request whose path and headers leave exactly as they are given. Redirects are not followed. */
export function ask(port: number, path: string, { method = "GET", headers = {}, body }: Call = {}) {
  return new Promise<ProxyAnswer>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Asks to turn the connection into a WebSocket; what the other side says first, up to its end. */
export function askForWebSocket(port: number, cookie: string | null): Promise<string> {
  const lines = [
    "GET /live HTTP/1.1",
    `Host: localhost:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...(cookie === null ? [] : [`Cookie: ${cookie}`]),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    const chunks: Buffer[] = [];
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      // A refusal keeps the connection open for the next request.
      if (text.includes("hello") || /^HTTP\/1\.1 [45]/.test(text)) socket.end();
    });
    socket.on("close", () => resolve(Buffer.concat(chunks).toString()));
  });
}
