import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { getCapturedMail } from "@/lib/mail/get-captured-mail";
import { listCapturedMail } from "@/lib/mail/list-captured-mail";
import { createMailer } from "@/lib/mail/mailer";
import { resetPasswordMail } from "@/lib/mail/password-mails";
import { sendMail } from "@/lib/mail/send-mail";
import type { Operation } from "@/lib/operations/define-operation";
import { runOperation } from "@/lib/operations/run-operation";
import { platformContext, tenantContext } from "../../support/contexts";
import { auditEventsOf } from "../../support/factories";
import { type AuthFixture, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const mail = (to: string, name = "Zoë") =>
  resetPasswordMail({ to, name, url: "https://id.example/reset?a=1&b=2", hours: 1 });

describe("captured mail", () => {
  it("is listed newest first, page by page, each once", async () => {
    const mark = newId();
    for (let index = 0; index < 7; index += 1) await sendMail(mail(`${mark}-${index}@example.com`));
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page: Awaited<
        ReturnType<typeof runOperation<typeof listCapturedMail.input, typeof listCapturedMail.output>>
      > = await runOperation(listCapturedMail, platformContext("owner"), {
        to: mark,
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.data.map(({ to }) => to));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `${mark}-${index}@example.com`));
  });

  it("is read with its link, and reading it is recorded", async () => {
    const to = `${newId()}@example.com`;
    await sendMail(mail(to));
    const ctx = platformContext("owner");
    const { data } = await runOperation(listCapturedMail, ctx, { to });
    const read = await runOperation(getCapturedMail, ctx, { mailId: data[0]?.id });
    expect(read.text).toContain("https://id.example/reset?a=1&b=2");
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([{ action: "mailbox.read", targetId: data[0]?.id }]);
  });

  it("is for those who may read the mailbox: others are refused, in a tenant it does not exist", async () => {
    const operations: Operation[] = [listCapturedMail, getCapturedMail];
    for (const operation of operations) {
      const input = { mailId: newId() };
      await expect(runOperation(operation, platformContext("admin"), input)).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
      const tenant = tenantContext("owner", { tenantId: newId(), tenantSlug: "somewhere" });
      await expect(runOperation(operation, tenant, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    for (const mailId of [newId(), "nonsense"]) {
      await expect(runOperation(getCapturedMail, platformContext("owner"), { mailId })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
  });
});

describe("mail", () => {
  it("shows a person's name as text, never as markup", () => {
    const { html, text } = mail("a@example.com", `<img src=x onerror="alert(1)">`);
    expect(html).not.toContain("<img");
    expect(text).toContain("<img");
  });

  it("goes to the SMTP server where one is set", async () => {
    const { server, received, port } = await startSmtpServer();
    const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: "Gatehouse <no-reply@example.com>" });
    await mailer.deliver(mail("person@example.com"));
    mailer.close();
    server.close();
    expect(received.join("")).toMatch(/^From: Gatehouse <no-reply@example\.com>$/m);
    expect(received.join("")).toMatch(/^To: person@example\.com$/m);
  });
});

/** Says yes to everything, as far as RFC 5321 asks. */
async function startSmtpServer(): Promise<{ server: Server; received: string[]; port: number }> {
  const received: string[] = [];
  const server = createServer((socket) => {
    let inData = false;
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      const text = chunk.toString();
      received.push(text.replaceAll("\r\n", "\n"));
      if (inData && !text.endsWith("\r\n.\r\n")) return;
      inData = text.startsWith("DATA");
      socket.write(inData ? "354 go on\r\n" : text.startsWith("EHLO") ? "250 test\r\n" : "250 ok\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, received, port: (server.address() as AddressInfo).port };
}
