import type { Metadata } from "next";
import { MembersScreen } from "@/app/(console)/screens/members-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.members.title };

export default MembersScreen;
