import { formatDuration, formatQuantity, type Noun } from "@/lib/ui/format";

const failure: Noun = { one: "failed attempt", many: "failed attempts" };

/** A refusal that lasts as long as this does not end by itself; the server says so by a week. */
const endlessSeconds = 7 * 24 * 3600;

/** English, what follows failed attempts to sign in: the refusal, the mail's link, and the user's page. */
export const enLockout = {
  refused: {
    account: "Sign-in with this address is locked",
    network: "Too many attempts from here",
    what: {
      account: "The password was wrong too often, here or elsewhere.",
      network: "The password was wrong too often at this network address, for one account or several.",
    },
    doTitle: "What you can do",
    wait: (seconds: number | null) => {
      if (seconds === null) return "Wait a while, then try again.";
      if (seconds >= endlessSeconds) return "This lock does not end by itself.";
      // Nobody waits by the second; rounded up, so that it is not too early.
      return `Wait: you can try again in ${formatDuration(seconds > 60 ? Math.ceil(seconds / 60) * 60 : seconds)}.`;
    },
    reset: "Choose a new password",
    resetAfter: ": that unlocks at once.",
    mail: "Look into your mailbox: if there is an account, its holder was sent a link that unlocks it.",
    device: "Use a browser in which you have signed in before.",
    ask: "Ask an administrator if you share this network with many others.",
  },
  link: {
    title: "Unlock sign-in",
    description: (email: string) => `The password of ${email} was wrong too often in a row. Nobody got in by that.`,
    device: "Last attempt by",
    place: "Place",
    time: "Time",
    unknownPlace: "Not known",
    next: "What happens next",
    unlocks: "Browsers that were never used for this account may try its password again.",
    remembers: "If attempts go on elsewhere, they no longer keep this browser out.",
    submit: "Unlock sign-in",
    busy: "Unlocking…",
    ignore: "If these attempts were not yours, your password has held: you may close this page and change nothing.",
    doneTitle: "Unlocked",
    done: (email: string) => `You can sign in as ${email} now, in this browser.`,
    signIn: "Sign in",
    reset: "Choose a new password",
    dead: {
      used: {
        title: "This link has been used",
        body: "It works once. Sign in, or choose a new password if you are locked out again.",
      },
      expired: {
        title: "This link has run out",
        body: "It works for a day. Choose a new password: that unlocks as well.",
      },
      unknown: {
        title: "This link does not work",
        body: "It is incomplete. Copy all of it from the mail, or choose a new password: that unlocks as well.",
      },
    },
  },
  user: {
    act: "Unlock sign-in",
    lockedUntil: "Failed sign-ins keep unknown browsers out. They may try again",
    lockedForGood: "Failed sign-ins keep unknown browsers out until somebody unlocks",
    counted: "Failed sign-ins since the last good one",
    count: (failures: number) => `${formatQuantity(failures, failure)} by unknown browsers`,
    deviceCount: (failures: number) => `${formatQuantity(failures, failure)} by browsers used before`,
    lastTried: "last attempt",
    title: (name: string) => `Unlock sign-in for ${name}?`,
    body: "Their failed sign-ins are forgotten, and unknown browsers may try the password again at once. Sessions, roles and locks that an administrator set stay as they are.",
    submit: "Unlock sign-in",
    busy: "Unlocking…",
    done: (name: string) => `Unlocked sign-in for ${name}`,
  },
};
