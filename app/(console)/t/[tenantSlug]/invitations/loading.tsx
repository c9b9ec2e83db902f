import { InvitationsLoading } from "@/app/(console)/screens/members-loading";

export default InvitationsLoading;
