import { formatQuantity, type Noun } from "@/lib/ui/format";

const noun: Noun = { one: "session", many: "sessions" };

/** English, a person's own account, and the link of the mail about a browser that was not known. */
export const enAccount = {
  title: "Your account",
  navigation: "Your account",
  console: "Back to the console",
  page: { sessions: "Devices" },
  menu: "Your devices",
  sessions: {
    noun,
    title: "Devices",
    description: "Where you are signed in. End whatever you do not recognise, and choose a new password.",
    live: "Signed in now",
    thisOne: "This device",
    impersonated: (name: string) => `${name} acts as you`,
    signedIn: "Signed in",
    lastSeen: "Last seen",
    expires: "Ends by itself",
    signOut: "Sign out here",
    signingOut: "Signing out…",
    end: "End",
    endNamed: (device: string) => `End the session on ${device}`,
    endOthers: "End all other sessions",
    act: { verb: "End", doing: "Ending" },
    others: "all other sessions",
    untouched: "Your other devices.",
    untouchedHere: "This device: you stay signed in here.",
    consequence:
      "Whoever uses that device must sign in again. Nothing accepts the session from the moment this is confirmed.",
    consequenceOthers:
      "Every other device must sign in again, and whoever acts as you stops. Nothing accepts these sessions from the moment this is confirmed.",
    done: (count: number | null) =>
      count === null ? "Ended all other sessions" : `Ended ${formatQuantity(count, noun)}`,
    nothing: "There was no other session to end",
    onlyHere: "You are signed in on this device only.",
    refusedInImpersonation: "Only the person themself may end these sessions. Return to your own account first.",
    ended: "Ended lately",
    endedEmpty: "Nothing has ended yet",
    endedEmptyHint: "Sessions that have ended are kept here for a while, with the reason.",
    endedAt: "Ended",
    by: {
      self: "by you",
      administrator: "by an administrator",
      gatehouse: "by Gatehouse",
    } as Record<string, string>,
    older: "Older",
    newest: "Back to the newest",
    pages: { live: "Pages of live sessions", ended: "Pages of ended sessions" },
  },
  notMe: {
    title: "Was this not you?",
    description: (email: string) =>
      `Somebody signed in to ${email} from a browser that had not been used for it before.`,
    device: "Device",
    place: "Place",
    time: "Time",
    unknownPlace: "Not known",
    next: "What happens next",
    ends: "What this browser has signed in ends at once; your other devices stay signed in.",
    mails: (email: string) => `A link to choose a new password is sent to ${email}.`,
    submit: "It was not me: end it",
    busy: "Ending…",
    ignore: "If it was you, close this page: nothing has changed.",
    doneTitle: (ended: number) => (ended === 0 ? "It had ended already" : `Ended ${formatQuantity(ended, noun)}`),
    doneOver: "Nothing accepts it any more.",
    sent: (email: string) =>
      `A link to choose a new password is on its way to ${email}. Use it soon: until then the old password still works.`,
    unsent:
      "The mail with the link to choose a new password could not be sent. Ask for one now: until then the old password still works.",
    reset: "Ask for a reset mail",
    dead: {
      used: {
        title: "This link has been used",
        body: "The sign-in has ended and a reset mail was sent. If it did not come, ask for another.",
      },
      expired: {
        title: "This link has run out",
        body: "It works for seven days. Choose a new password now: that ends every session.",
      },
      unknown: {
        title: "This link does not work",
        body: "It is incomplete. Copy all of it from the mail, or choose a new password: that ends every session.",
      },
    },
  },
};
