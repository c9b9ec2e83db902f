import type { Metadata } from "next";
import { UsersScreen } from "@/app/(console)/screens/users-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.users.title };

export default UsersScreen;
