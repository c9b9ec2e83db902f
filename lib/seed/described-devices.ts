import { describeDevice } from "@/lib/sessions/describe-device";
import { allUserAgents } from "./device-catalogue";

const described = new Map(allUserAgents.map((userAgent) => [userAgent, describeDevice(userAgent)]));

/** Browser, system and kind of device of a catalogued user agent, as a sign-in would have recorded them. */
export function describeUserAgent(userAgent: string): ReturnType<typeof describeDevice> {
  return described.get(userAgent) ?? describeDevice(userAgent);
}
