const KEY = "gatehouse.remember-me";

/** Notes what the person chose at the sign-in, so that proving it is them once more keeps that choice. Browser only. */
export function noteRememberMe(rememberMe: boolean): void {
  try {
    window.localStorage.setItem(KEY, String(rememberMe));
  } catch {
    // Without storage the next proof makes a session that ends with the browser.
  }
}

/** What was chosen at the sign-in in this browser; false where that is not known. Browser only. */
export function readRememberMe(): boolean {
  try {
    return window.localStorage.getItem(KEY) === "true";
  } catch {
    return false;
  }
}
