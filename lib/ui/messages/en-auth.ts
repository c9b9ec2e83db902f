import { formatDuration } from "@/lib/ui/format";

/** English, the pages on which people sign in, recover their password and set the installation up. */
export const enAuth = {
  email: "E-mail address",
  name: "Your name",
  password: "Password",
  newPassword: "New password",
  passwordHint: "At least 12 characters. A sentence that only you would say works well.",
  showPassword: "Show password",
  hidePassword: "Hide password",
  rememberMe: "Keep me signed in",
  notRemembered: "You stay signed in until the browser is closed, a day at most.",
  needsJavaScript: "This page needs JavaScript. Turn it on in your browser and load the page again.",
  emailMissing: "Enter your e-mail address.",
  emailMalformed: "This does not look like an e-mail address. Check it for typing errors.",
  passwordMissing: "Enter your password.",
  passwordTooShort: "Use at least 12 characters.",
  passwordTooLong: "Use at most 128 characters.",
  nameMissing: "Enter your name.",
  tooMany: (seconds: number | null) =>
    seconds === null
      ? "Too many attempts. Wait a while, then try again."
      : `Too many attempts. Try again in ${formatDuration(seconds)}.`,
  backToSignIn: "Back to sign in",
  signIn: {
    title: "Sign in",
    description: "Use the account your administrator gave you.",
    submit: "Sign in",
    busy: "Signing in…",
    forgot: "Forgot password?",
    wrong: "Address or password is wrong. Check both, or reset your password.",
    reasons: {
      ended: "Your session has ended. Sign in again to go on where you were.",
      "signed-out": "You are signed out.",
      "password-reset": "Your password is changed and every session has ended. Sign in with the new one.",
      "set-up": "The first owner exists. Sign in to begin.",
    },
  },
  forgot: {
    title: "Reset your password",
    description: "We send a link to your address. It works once, for one hour.",
    submit: "Send the link",
    busy: "Sending…",
    sentTitle: "Check your mail",
    sent: (email: string) =>
      `If ${email} has an account here, a link is on its way. It works once, for one hour. Nothing has changed until you use it.`,
    again: "Use another address",
  },
  reset: {
    title: "Choose a new password",
    description: "Every device that is signed in with your account will be signed out.",
    submit: "Change password",
    busy: "Changing…",
    deadTitle: "This link does not work",
    dead: "It has been used, or is older than an hour, or is incomplete. Ask for a new one.",
    askAgain: "Ask for a new link",
  },
  setUp: {
    title: "Set up Gatehouse",
    description: "Create the first owner. An owner may do everything, so choose a password you use nowhere else.",
    submit: "Create owner",
    busy: "Creating…",
    deadTitle: "This set-up link does not work",
    dead: "It works once, for a day, and only while there is no owner. Start Gatehouse again to be given a new link, or sign in if somebody has already set it up.",
  },
  closed: {
    title: "This tenant is closed to you at present",
    elsewhere: "Go elsewhere",
  },
  noTenant: {
    title: "You belong to no tenant yet",
    body: (email: string) =>
      `You are signed in as ${email}. Once an administrator has invited you, your tenant appears here.`,
    again: "Look again",
  },
  invitation: {
    title: "Invitation",
    join: (tenant: string) => `Join ${tenant}`,
    description: (inviter: string, email: string) => `${inviter} invites you. The invitation is for ${email} alone.`,
    accept: "Accept the invitation",
    create: "Create account and join",
    joining: "Joining…",
    hasAccount: (email: string) => `You have an account already. Sign in as ${email} to accept.`,
    signIn: "Sign in to accept",
    wrongAccount: (invited: string, current: string) =>
      `This invitation is for ${invited}, and you are signed in as ${current}. Sign out to go on as ${invited}.`,
    switchAccount: "Sign out and go on",
    done: (tenant: string) => `You now belong to ${tenant}.`,
    withheld: (tenant: string, roles: readonly string[]) =>
      `You now belong to ${tenant}. Whoever invited you may no longer give you: ${roles.join(", ")}. Ask an administrator there.`,
    goOn: (tenant: string) => `Go to ${tenant}`,
    unknown: {
      title: "This link does not work",
      body: "It is incomplete, or a newer one has been sent to you. Look for the newest mail, or ask for another invitation.",
    },
    dead: {
      accepted: { title: "This invitation was accepted", body: "It works once. Sign in to go on." },
      revoked: { title: "This invitation was withdrawn", body: "Ask whoever invited you for a new one." },
      expired: {
        title: "This invitation has run out",
        body: "It works for a week. Ask whoever invited you to send it again.",
      },
      suspended: {
        title: "Nobody may enter this tenant at present",
        body: "The invitation waits. Try again later, or ask whoever invited you.",
      },
    },
  },
  forbidden: {
    title: "You have no access here",
    body: (email: string) =>
      `You are signed in as ${email}, but this account holds no role here that opens this page. Ask an owner for one, or sign in as somebody else.`,
    page: "Your roles do not include this page. Ask an owner if you need it.",
    signOut: "Sign out",
    signingOut: "Signing out…",
  },
};
