import { type NameCulture, type NamePart, nameCultures } from "./name-catalogue";
import type { Random } from "./random";

/** Somebody who does not exist. */
export type Person = {
  name: string;
  /** Lower-case ASCII, made of the name: the part of an address before the number and the `@`. */
  addressStem: string;
  /** BCP 47. */
  language: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
};

const weightedCultures = nameCultures.map((culture) => [culture, culture.weight] as const);

/** Scripts in which people shorten a name to its first letter. */
const hasInitials = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** Invents a person of a culture, or of any. Over half bear an initial, a second given or a second family name. */
export function inventPerson(random: Random, language?: string): Person {
  const culture =
    nameCultures.find((candidate) => candidate.language === language) ?? random.weighted(weightedCultures);
  const given = random.pick(culture.given);
  const family = random.pick(culture.family);
  const country = random.chance(0.7) ? (culture.countries[0] ?? "US") : random.pick(culture.countries);
  return {
    name: writeName(random, culture, { given, family }),
    addressStem: `${given.latin}.${family.latin}`,
    language: culture.language,
    country,
  };
}

function writeName(random: Random, culture: NameCulture, parts: { given: NamePart; family: NamePart }): string {
  const { given, family } = parts;
  if (culture.familyFirst)
    return culture.language === "vi" ? `${family.native} ${given.native}` : family.native + given.native;
  const second = random.pick(culture.given).native;
  const other = random.pick(culture.family).native;
  const plain = `${given.native} ${family.native}`;
  // Four in ten have one of each; an initial keeps names apart where there are a million of them.
  return random.weighted([
    [plain, 42],
    [hasInitials.test(second) ? `${given.native} ${second.charAt(0)}. ${family.native}` : plain, 25],
    [second === given.native ? plain : `${given.native} ${second} ${family.native}`, 23],
    [other === family.native ? plain : `${plain}-${other}`, 10],
  ]);
}
