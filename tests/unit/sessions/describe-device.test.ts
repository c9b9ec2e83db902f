import { describe, expect, it } from "vitest";
import { describeDevice } from "@/lib/sessions/describe-device";

const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";
const safari = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0";

describe("describeDevice", () => {
  it.each([
    ["macOS", `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chrome} Safari/537.36`],
    ["macOS", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0"],
    ["Windows", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`],
    ["Android", `Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`],
    ["Linux", `Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`],
  ])("names %s without the version at which browsers froze it", (os, userAgent) => {
    expect(describeDevice(userAgent).os).toBe(os);
  });

  it.each([
    ["Android 16", "mobile", `Mozilla/5.0 (Linux; Android 16; Pixel 10) ${chrome} Mobile Safari/537.36`],
    [
      "iOS 18.7",
      "mobile",
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${safari} Mobile/15E148 Safari/604.1`,
    ],
    ["iOS 18.7", "tablet", `Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) ${safari} Mobile/15E148 Safari/604.1`],
  ])("keeps the version of %s on a %s, which is told", (os, device, userAgent) => {
    expect(describeDevice(userAgent)).toMatchObject({ os, device });
  });

  it("names the browser with its major version, and knows nothing of a program", () => {
    expect(describeDevice(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`).browser).toBe(
      "Chrome 142",
    );
    for (const userAgent of [null, "", "curl/8.15.0"]) {
      expect(describeDevice(userAgent)).toEqual({ browser: null, os: null, device: null });
    }
  });
});
