import {
  AppWindowIcon,
  BuildingIcon,
  CalendarIcon,
  CpuIcon,
  DramaIcon,
  GlobeIcon,
  HourglassIcon,
  KeyRoundIcon,
  MonitorSmartphoneIcon,
  NetworkIcon,
  ShieldCheckIcon,
  ShieldIcon,
  UserIcon,
} from "lucide-react";

import type { FilterField } from "@/components/data-table/filter-field";
import { countryCodes } from "@/components/sessions/country-codes";
import { momentPresets } from "@/components/sessions/moment-presets";
import { countryName } from "@/components/sessions/session-words";
import type { SessionsPlace } from "@/components/sessions/sessions-columns";
import type { RoleChoice } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions.filter;
const { method, device, levelHint } = messages.sessions;

const choicesOf = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));

const is = (parameter: string) => [{ parameter, label: text.is }] as const;

const who = (roles: readonly RoleChoice[]): readonly FilterField[] => [
  {
    id: "userId",
    label: text.user,
    icon: UserIcon,
    operators: is("userId"),
    input: { kind: "text", hint: text.userHint },
  },
  {
    id: "role",
    label: text.role,
    icon: ShieldIcon,
    operators: is("role"),
    input: { kind: "choice", options: roles.map(({ id, name }) => ({ value: id, label: name })) },
  },
];

const tenant: FilterField = {
  id: "tenant",
  label: text.tenant,
  icon: BuildingIcon,
  operators: is("tenant"),
  input: {
    kind: "text",
    placeholder: messages.users.filter.tenantPlaceholder,
    hint: messages.users.filter.tenantHint,
  },
};

const whereFrom: readonly FilterField[] = [
  {
    id: "ip",
    label: text.address,
    icon: NetworkIcon,
    operators: [{ parameter: "ip", label: text.in }],
    input: { kind: "text", placeholder: text.addressPlaceholder, hint: text.addressHint },
  },
  {
    id: "country",
    label: text.country,
    icon: GlobeIcon,
    operators: is("country"),
    input: { kind: "choice", options: countryCodes.map((code) => ({ value: code, label: countryName(code) })) },
  },
  {
    id: "device",
    label: text.device,
    icon: MonitorSmartphoneIcon,
    operators: is("device"),
    input: { kind: "choice", options: choicesOf(device) },
  },
  {
    id: "browser",
    label: text.browser,
    icon: AppWindowIcon,
    operators: is("browser"),
    input: {
      kind: "text",
      hint: text.browserHint,
      suggestions: ["Chrome", "Firefox", "Safari", "Microsoft Edge", "Opera", "Samsung Internet for Android"],
    },
  },
  {
    id: "os",
    label: text.os,
    icon: CpuIcon,
    operators: is("os"),
    input: {
      kind: "text",
      hint: text.osHint,
      suggestions: ["Windows", "macOS", "Linux", "Android", "iOS", "Chrome OS"],
    },
  },
];

const how: readonly FilterField[] = [
  {
    id: "method",
    label: text.method,
    icon: KeyRoundIcon,
    operators: is("method"),
    input: { kind: "choice", options: choicesOf(method) },
  },
  {
    id: "level",
    label: text.level,
    icon: ShieldCheckIcon,
    operators: is("authenticationLevel"),
    input: { kind: "choice", options: choicesOf(levelHint) },
  },
  {
    id: "created",
    label: text.created,
    icon: CalendarIcon,
    operators: [
      { parameter: "createdAfter", label: text.after },
      { parameter: "createdBefore", label: text.before },
    ],
    input: { kind: "moment", presets: momentPresets },
  },
  {
    id: "idle",
    label: text.idle,
    icon: HourglassIcon,
    operators: [{ parameter: "idleSince", label: text.before }],
    input: { kind: "moment", presets: momentPresets },
  },
  {
    id: "impersonated",
    label: text.impersonated,
    icon: DramaIcon,
    operators: is("impersonated"),
    input: { kind: "choice", options: choicesOf({ true: text.yes, false: text.no }) },
  },
];

/** What a list of sessions can be narrowed by: not by what its place already says. */
export function sessionsFilters({ inTenant, ofOneUser }: SessionsPlace, roles: readonly RoleChoice[]) {
  return [...(ofOneUser ? [] : who(roles)), ...(inTenant ? [] : [tenant]), ...whereFrom, ...how];
}
