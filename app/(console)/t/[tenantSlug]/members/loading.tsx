import { MembersLoading } from "@/app/(console)/screens/members-loading";

export default MembersLoading;
