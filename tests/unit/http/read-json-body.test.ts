import { describe, expect, it } from "vitest";
import { bodyBytesMax, readJsonBody } from "@/lib/http/read-json-body";

type Body = { body?: string | Uint8Array<ArrayBuffer> | ReadableStream; type?: string };

function post({ body, type = "application/json" }: Body): Request {
  return new Request("http://gatehouse.test/", {
    method: "POST",
    body,
    headers: type ? { "Content-Type": type } : {},
    ...{ duplex: "half" },
  });
}

describe("readJsonBody", () => {
  it("reads an object, and nothing as an empty one", async () => {
    expect(await readJsonBody(post({ body: '{"a":1}', type: "application/json; charset=utf-8" }))).toEqual({ a: 1 });
    expect(await readJsonBody(post({ type: "" }))).toEqual({});
  });

  it.each([
    ["malformed JSON", { body: '{"a":' }],
    ["a list", { body: "[1]" }],
    ["a bare value", { body: "null" }],
    ["text", { body: "hello", type: "text/plain" }],
    ["a form", { body: "a=1", type: "application/x-www-form-urlencoded" }],
    ["JSON under another type", { body: "{}", type: "text/plain" }],
    ["bytes that are no UTF-8", { body: new Uint8Array([0x22, 0xff, 0x22]) }],
    ["nesting beyond any stack", { body: "[".repeat(60_000) }],
  ])("refuses %s as INVALID_INPUT", async (_name, body) => {
    await expect(readJsonBody(post(body))).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("refuses more than 64 KiB, announced or not, as TOO_LARGE", async () => {
    const large = `{"a":"${"x".repeat(bodyBytesMax)}"}`;
    await expect(readJsonBody(post({ body: large }))).rejects.toMatchObject({ code: "TOO_LARGE" });
    const stream = new Blob([large]).stream();
    await expect(readJsonBody(post({ body: stream }))).rejects.toMatchObject({ code: "TOO_LARGE" });
  });

  it("accepts exactly 64 KiB", async () => {
    const body = `{"a":"${"x".repeat(bodyBytesMax - 8)}"}`;
    expect(Object.keys(await readJsonBody(post({ body })))).toEqual(["a"]);
  });

  it("takes a __proto__ member for a field like any other", async () => {
    const body = await readJsonBody(post({ body: '{"__proto__":{"admin":true}}' }));
    expect(Object.keys(body)).toEqual(["__proto__"]);
    expect("admin" in {}).toBe(false);
  });
});
