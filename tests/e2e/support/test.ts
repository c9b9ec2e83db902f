import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import {
  type GatehouseServer,
  type ServerAddress,
  type ServerOptions,
  startGatehouseServer,
} from "../../support/gatehouse-server";
import { signedInApi, visitorAddress } from "./people";
import { readSuite } from "./suite";

type WorkerFixtures = {
  server: ServerAddress;
};

type TestFixtures = {
  /** Signed in as the platform's owner, for this test alone: a proof of identity counts as fresh for a few minutes only. */
  ownerApi: APIRequestContext;
  /** A page on which the platform's owner is signed in. */
  ownerPage: Page;
  /** Starts a server of the test's own, which trusts this machine as a proxy and stops once the browser is closed: an open page goes on asking. */
  startServer: (options?: ServerOptions) => Promise<GatehouseServer>;
};

/** What a page may say without a test failing for it: nothing but what a test causes on purpose. */
const expectedNoise = [
  // The driver tries its own scripts in the frame of a mail, whose sandbox refuses them like any other.
  /Blocked script execution in 'about:srcdoc'/,
  /Failed to load resource: the server responded with a status of (?:400|401|403|404|409|429|500|503)/,
];

/** The suite's test: pages of the shared server, and a failure for every error in a browser's console. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [({ playwright: _playwright }, use) => use(readSuite().server), { scope: "worker" }],
  ownerApi: async ({ server }, use) => {
    const api = await signedInApi(server.url, server.owner);
    await use(api);
    await api.dispose();
  },
  baseURL: ({ server }, use) => use(server.url),
  extraHTTPHeaders: ({ server: _server }, use) => use({ "X-Forwarded-For": visitorAddress() }),
  startServer: async ({ playwright: _playwright }, use) => {
    const servers: GatehouseServer[] = [];
    await use(async (options = {}) => {
      const env = { TRUSTED_PROXIES: "127.0.0.1/32,::1/128", ...options.env };
      const server = await startGatehouseServer(readSuite().stores, { ...options, env });
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map(({ stop }) => stop()));
  },
  context: async ({ startServer: _before, context }, use) => {
    const complaints: string[] = [];
    const note = (text: string) => {
      if (!expectedNoise.some((pattern) => pattern.test(text))) complaints.push(text);
    };
    context.on("console", (message) => (message.type() === "error" ? note(message.text()) : undefined));
    context.on("weberror", (error) => note(error.error().message));
    await use(context);
    expect(complaints, "errors in the browser's console").toEqual([]);
  },
  ownerPage: async ({ context, page, ownerApi }, use) => {
    await context.addCookies((await ownerApi.storageState()).cookies);
    await use(page);
  },
});
