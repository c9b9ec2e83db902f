import { describeDevice } from "@/lib/sessions/describe-device";
import { allUserAgents } from "./device-catalogue";

type DescribedDevice = ReturnType<typeof describeDevice> & { browserName: string | null; osName: string | null };

const described = new Map(allUserAgents.map((userAgent) => [userAgent, describeFully(userAgent)]));

/** Browser, system and kind of device of a catalogued user agent, as a sign-in would have recorded them. */
export function describeUserAgent(userAgent: string): DescribedDevice {
  return described.get(userAgent) ?? describeFully(userAgent);
}

// The names without a version are otherwise a trigger's to fill, and triggers do not run while rows are loaded.
function describeFully(userAgent: string): DescribedDevice {
  const device = describeDevice(userAgent);
  return { ...device, browserName: withoutVersion(device.browser), osName: withoutVersion(device.os) };
}

function withoutVersion(name: string | null): string | null {
  return name?.replace(/ \d\S*$/, "") ?? null;
}
