import type { Metadata } from "next";
import { InvitationsScreen } from "@/app/(console)/screens/invitations-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.members.invitations.title };

export default InvitationsScreen;
