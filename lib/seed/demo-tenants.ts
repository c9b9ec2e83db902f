/** A company of the demo. */
export type DemoTenant = {
  slug: string;
  name: string;
  /** The domain of its people's addresses; `.example` is reserved (RFC 2606). */
  domain: string;
  /** Members whose home it is, role accounts included. */
  members: number;
  /** Languages of its people, most of them the first. */
  languages: readonly string[];
  /** Days before now on which it joined. */
  joinedDaysAgo: number;
};

/** The companies of the demo. */
export const demoTenants: readonly DemoTenant[] = [
  {
    slug: "meridian",
    name: "Meridian Freight",
    domain: "meridian.example",
    members: 138,
    languages: ["en", "de", "pl", "uk", "tr", "es", "ar", "el"],
    joinedDaysAgo: 42,
  },
  {
    slug: "aurelia",
    name: "Aurelia Santé",
    domain: "aurelia.example",
    members: 96,
    languages: ["fr", "ar", "he", "hi", "vi", "is", "en"],
    joinedDaysAgo: 39,
  },
  {
    slug: "tanuki",
    name: "Tanuki Games 狸",
    domain: "tanuki.example",
    members: 58,
    languages: ["ja", "ko", "zh", "en", "fr"],
    joinedDaysAgo: 31,
  },
];
