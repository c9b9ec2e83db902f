import { UserLoading } from "@/app/(console)/screens/user-loading";

export default UserLoading;
