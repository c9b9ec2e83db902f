import Bowser from "bowser";

/** What a `User-Agent` says of itself; null where it says nothing. Display only: anybody can send any. */
export type DeviceDescription = { browser: string | null; os: string | null; device: string | null };

/** Characters of a `User-Agent` that are read and kept. */
export const userAgentCharactersMax = 512;

/** Browser with its major version, system with its version where that is true, and kind of device (`desktop`, `mobile`, `tablet`, `tv`). */
export function describeDevice(userAgent: string | null): DeviceDescription {
  if (!userAgent) return { browser: null, os: null, device: null };
  const parsed = Bowser.parse(userAgent.slice(0, userAgentCharactersMax));
  const major = parsed.browser.version?.split(".")[0];
  return {
    browser: join(parsed.browser.name, major),
    os: join(parsed.os.name, frozen.test(userAgent) ? undefined : parsed.os.version),
    device: parsed.platform.type || null,
  };
}

// Browsers write these whatever the version: with the reduction of the user agent they were frozen, and tell the system
// and no more.
const frozen = /Windows NT|Mac OS X \d|Android 10; K\)/;

function join(name: string | undefined, version: string | undefined): string | null {
  if (!name) return null;
  return version ? `${name} ${version}` : name;
}
