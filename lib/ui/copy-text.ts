/**
 * Puts a text on the clipboard; answers whether it worked. The Clipboard API is absent on plain http addresses other
 * than localhost, where a self-hosted console may well be opened, hence the second way.
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const carrier = document.createElement("textarea");
  carrier.value = text;
  carrier.readOnly = true;
  carrier.className = "sr-only";
  document.body.append(carrier);
  carrier.select();
  const done = document.execCommand("copy");
  carrier.remove();
  return done;
}
