import { stat } from "node:fs/promises";
import maxmind, { type Reader, type Response } from "maxmind";
import { ConfigurationError } from "@/lib/config/configuration-error";
import { runtimePart } from "@/lib/config/runtime";

/** Says in which country an address is; there is none in a process that was started without a database. */
export const countryDatabase = runtimePart<CountryDatabase>("country-database");

/** A file in MaxMind's format, read into memory: nothing is asked of the network. */
export type CountryDatabase = {
  /** ISO 3166-1 alpha-2; null where the file knows no country, and for what is no address. */
  countryOf: (address: string | null) => string | null;
  /** Reads the file again if it was replaced. One that cannot be read leaves the former in use. */
  refresh: () => Promise<void>;
  close: () => void;
};

type OpenOptions = {
  path: string;
  /** Told about a replacement that cannot be read. */
  onError: (error: unknown) => void;
};

/** How often a replaced file is looked for: such files are published weekly at most. */
const refreshMilliseconds = 60_000;

/** Opens the file. Throws `ConfigurationError` for one that is missing or not in the format. */
export async function openCountryDatabase({ path, onError }: OpenOptions): Promise<CountryDatabase> {
  let current = await read(path).catch((error: unknown) => {
    throw new ConfigurationError({
      subject: "GEOIP_DATABASE",
      problem: `${path} cannot be read as a database in MaxMind's format`,
      mend: "set it to a .mmdb file that this user may read, or leave it out: sessions then have no country",
      cause: error,
    });
  });
  const refresh = async () => {
    try {
      if ((await versionOf(path)) !== current.version) current = await read(path);
    } catch (error) {
      onError(error);
    }
  };
  const timer = setInterval(() => void refresh(), refreshMilliseconds).unref();
  return { countryOf: (address) => countryIn(current.reader, address), refresh, close: () => clearInterval(timer) };
}

async function read(path: string): Promise<{ reader: Reader<Response>; version: string }> {
  // The version first: a file that is replaced meanwhile is then read once more.
  const version = await versionOf(path);
  return { reader: await maxmind.open(path), version };
}

async function versionOf(path: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(path);
  return `${ino} ${size} ${mtimeMs}`;
}

function countryIn(reader: Reader<Response>, address: string | null): string | null {
  if (address === null || !maxmind.validate(address)) return null;
  // A file of IPv4 alone has no answer for the other family, and the reader takes the question for a mistake.
  if (reader.metadata.ipVersion === 4 && address.includes(":")) return null;
  const code = codeIn(reader.get(address));
  return code !== null && /^[A-Z]{2}$/.test(code) ? code : null;
}

// Publishers differ: MaxMind and DB-IP write country.iso_code, IPinfo country_code.
function codeIn(record: unknown): string | null {
  const code = textAt(record, "country_code") ?? textAt(fieldOf(record, "country"), "iso_code");
  return code ?? null;
}

function textAt(record: unknown, name: string): string | undefined {
  const value = fieldOf(record, name);
  return typeof value === "string" ? value : undefined;
}

function fieldOf(record: unknown, name: string): unknown {
  return typeof record === "object" && record !== null ? Reflect.get(record, name) : undefined;
}
