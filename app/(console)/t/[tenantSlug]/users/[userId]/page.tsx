import type { Metadata } from "next";
import { UserScreen } from "@/app/(console)/screens/user-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.users.noun.one };

export default UserScreen;
