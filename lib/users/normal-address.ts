/**
 * An e-mail address as it is stored and compared: NFKC-normalised, in lower case, its domain in the ASCII form of
 * RFC 5891 (`müller.de` is `xn--mller-kva.de`), in which no letter looks like another. Whether it is an address at all is
 * `emailInput`'s to say.
 */
export function normalAddress(text: string): string {
  const address = text.normalize("NFKC").trim().toLowerCase();
  const at = address.lastIndexOf("@");
  return address.slice(0, at + 1) + toAsciiDomain(address.slice(at + 1));
}

// What is no domain of letters, digits, dots and hyphens stays as it is, and is refused where addresses are checked.
function toAsciiDomain(domain: string): string {
  if (!internationalDomain.test(domain)) return domain;
  // The parser of the URL standard, because it is the one that browser and server share.
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : domain;
}

// U+3002 is the full stop of Chinese and Japanese.
const internationalDomain = /^(?=.*\P{ASCII})[\p{L}\p{M}\p{N}.\u3002-]+$/u;
