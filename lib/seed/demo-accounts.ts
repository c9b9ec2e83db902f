/** An account whose password the demo prints: one for each built-in role, in the platform and in every tenant. */
export type DemoAccount = {
  email: string;
  name: string;
  /** BCP 47; decides where the person signs in from. */
  language: string;
  password: string;
  scope: "platform" | "tenant";
  role: string;
  /** Where the role is held; null for platform roles. */
  tenantSlug: string | null;
  /** Where the account is managed; differs from `tenantSlug` for guests. */
  homeTenantSlug: string | null;
};

const platformAccounts: [role: string, name: string, language: string, password: string][] = [
  ["owner", "Helena Brandvold", "is", "copper lantern meadow 41"],
  ["admin", "Tomás Echeverría", "es", "violet harbour engine 27"],
  ["support", "Nkechi Adeyemi-Okonkwo", "en", "paper orchard signal 63"],
  ["auditor", "Søren Kjærgaard", "is", "quiet granite ledger 58"],
];

const tenantAccounts: [tenantSlug: string, role: string, name: string, language: string, password: string][] = [
  ["meridian", "owner", "Margarethe von Hohenstein", "de", "amber railway compass 19"],
  ["meridian", "admin", "Δήμητρα Παπαδοπούλου", "el", "silver ferry beacon 74"],
  ["meridian", "moderator", "Тарас Шевчук", "uk", "birch winter parcel 36"],
  ["meridian", "auditor", "Agnieszka Wiśniewska", "pl", "linen archive window 82"],
  ["meridian", "member", "Çağlar Yıldırım", "tr", "cobalt trolley garden 55"],
  ["meridian", "guest", "Loïc Pélissier", "fr", "walnut bridge ticket 91"],
  ["aurelia", "owner", "Hélène Lefèvre-Château", "fr", "coral clinic morning 23"],
  ["aurelia", "admin", "ليلى الحسيني", "ar", "saffron river cabinet 67"],
  ["aurelia", "moderator", "נועה פרידמן", "he", "olive corridor bottle 48"],
  ["aurelia", "auditor", "प्रिया त्रिपाठी", "hi", "indigo spectrum chair 12"],
  ["aurelia", "member", "Guðrún Þorsteinsdóttir", "is", "glacier teapot ribbon 39"],
  ["aurelia", "guest", "長谷川 千尋", "ja", "maple umbrella station 84"],
  ["tanuki", "owner", "勅使河原 由美子", "ja", "scarlet pixel forest 71"],
  ["tanuki", "admin", "김서연", "ko", "ginger rocket melody 26"],
  ["tanuki", "moderator", "欧阳静怡", "zh", "jasmine puzzle tower 95"],
  ["tanuki", "auditor", "Priscilla Ashworth", "en", "marble sketch button 33"],
  ["tanuki", "member", "Nguyễn Quỳnh Hương", "vi", "bamboo crayon island 52"],
  ["tanuki", "guest", "Bartholomew Featherstonehaugh-Montgomery", "en", "pewter walrus cushion 68"],
];

/** Whose people visit a tenant as its guests. */
const guestHomes: Record<string, string> = { meridian: "aurelia", aurelia: "tanuki", tanuki: "meridian" };

/** What everybody else's password is, so that any of them can be tried. */
export const demoSharedPassword = "everyday pebble notebook 17";

/** The accounts of the demo, the most powerful first. */
export const demoAccounts: readonly DemoAccount[] = [
  ...platformAccounts.map(([role, name, language, password]) => ({
    email: `${role}@gatehouse.example`,
    name,
    language,
    password,
    scope: "platform" as const,
    role,
    tenantSlug: null,
    homeTenantSlug: null,
  })),
  ...tenantAccounts.map(([tenantSlug, role, name, language, password]) => {
    const homeTenantSlug = role === "guest" ? (guestHomes[tenantSlug] ?? tenantSlug) : tenantSlug;
    const email =
      role === "guest" ? `guest-of-${tenantSlug}@${homeTenantSlug}.example` : `${role}@${tenantSlug}.example`;
    return { email, name, language, password, scope: "tenant" as const, role, tenantSlug, homeTenantSlug };
  }),
];
